import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const div: WasmKernel<"Div"> = binary({ float32: "div" });
