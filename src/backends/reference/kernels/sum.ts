import { stored } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const sum: ReferenceKernel<"Sum"> = reducing((elements, { dtype }) =>
  elements.reduce((total, x) => stored(dtype, total + x), 0),
);
