import { binary } from "../elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const logicalAnd: WasmKernel<"LogicalAnd"> = binary({ bool: "logicalAnd" });
