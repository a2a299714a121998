import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

// Not split: the products of parts may leave float32's range where the whole product does not.
export const prod: WasmKernel<"Prod"> = reductionKernel({ float32: "prodFloat", int32: "prodInt" }, { splits: false });
