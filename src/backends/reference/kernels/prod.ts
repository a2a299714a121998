import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";
import { product } from "./mul.ts";

export const prod: ReferenceKernel<"Prod"> = reducing((elements, x) => elements.reduce(product(x.dtype), 1));
