import { binary } from "../elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const logicalOr: WasmKernel<"LogicalOr"> = binary({ bool: "logicalOr" });
