import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

// Of several axes the innermost folds first: the log-sum-exp of log-sum-exps is that of all.
export const logSumExp: WasmKernel<"LogSumExp"> = reductionKernel({ float32: "logSumExp" });
