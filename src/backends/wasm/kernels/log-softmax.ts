import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "./shared/softmax.ts";

export const logSoftmax: WasmKernel<"LogSoftmax"> = {
  launches: ({ inputs: [x], outputs: [y] }) => launchOverClasses("logSoftmax", x!, { x: x!.address, y: y!.address }),
};
