import { mapLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const leakyRelu: WasmKernel<"LeakyRelu"> = {
  launches: (step) => mapLaunches({ float32: "leakyRelu" }, step, [step.attrs.alpha]),
};
