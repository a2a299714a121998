import type { ReferenceKernel } from "../kernel.ts";
import { rowsOf } from "../rows.ts";
import { divisorsOf, windowSum } from "./lrn.ts";

export const lrnGrad: ReferenceKernel<"LRNGrad"> = ({ inputs: [dy, x], outputs: [dx], attrs }) => {
  const { depthRadius, alpha, beta } = attrs;
  const [gradients, results] = [rowsOf(dy!), rowsOf(dx!)];
  for (const [index, row] of rowsOf(x!).entries()) {
    const n = divisorsOf(row, attrs);
    const dRow = gradients[index]!;
    const shared = row.map((value, c) => (dRow[c]! * value * n[c]! ** -beta) / n[c]!);
    for (let c = 0; c < row.length; c++) {
      results[index]![c] = dRow[c]! * n[c]! ** -beta - 2 * alpha * beta * row[c]! * windowSum(shared, c, depthRadius);
    }
  }
};
