import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const leakyRelu: ReferenceKernel<"LeakyRelu"> = (call) => unary((x) => (x > 0 ? x : call.attrs.alpha * x))(call);
