import type { LrnAttrs } from "../../../ops/lrn.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { rowsOf } from "../rows.ts";

export const lrn: ReferenceKernel<"LRN"> = ({ inputs: [x], outputs: [y], attrs }) => {
  const results = rowsOf(y!);
  for (const [index, row] of rowsOf(x!).entries()) {
    const divisors = divisorsOf(row, attrs);
    for (let c = 0; c < row.length; c++) results[index]![c] = row[c]! * divisors[c]! ** -attrs.beta;
  }
};

/** bias + alpha * sum of squares over each channel's window. */
export function divisorsOf(row: Float64Array, { depthRadius, bias, alpha }: LrnAttrs): Float64Array {
  return row.map(
    (_, c) =>
      bias +
      alpha *
        windowSum(
          row.map((value) => value * value),
          c,
          depthRadius,
        ),
  );
}

/** The sum of values[c - radius .. c + radius], as far as there are any. */
export function windowSum(values: Float64Array, c: number, radius: number): number {
  let sum = 0;
  for (let j = Math.max(c - radius, 0); j <= Math.min(c + radius, values.length - 1); j++) sum += values[j]!;
  return sum;
}
