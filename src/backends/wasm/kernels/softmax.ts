import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "./shared/softmax.ts";

export const softmax: WasmKernel<"Softmax"> = {
  launches: ({ inputs: [x], outputs: [y] }) => launchOverClasses("softmax", x!, { x: x!.address, y: y!.address }),
};
