import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const logicalNot: WasmKernel<"LogicalNot"> = unary({ bool: "logicalNot" });
