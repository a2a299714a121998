import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const logicalOr: WasmKernel<"LogicalOr"> = binary({ bool: "logicalOr" });
