import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const pow: WasmKernel<"Pow"> = binary({ float32: "pow" });
