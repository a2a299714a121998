import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const logicalAnd: WasmKernel<"LogicalAnd"> = binary({ bool: "logicalAnd" });
