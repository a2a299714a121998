import type { MatMulAttrs, MatMulGeometry } from "../../ops/mat-mul.ts";
import type { Values } from "./kernel.ts";

/** y[p] = a[matricesOfA[p]] b[matricesOfB[p]] for every product p of the batch. y is zeroed. */
export function multiply(
  a: Values,
  b: Values,
  y: Values,
  geometry: MatMulGeometry,
  { transposeA, transposeB }: MatMulAttrs,
): void {
  const { rows, inner, columns, batch, matricesOfA, matricesOfB } = geometry;
  for (let p = 0; p < batch; p++) {
    const startA = matricesOfA[p]! * rows * inner;
    const startB = matricesOfB[p]! * inner * columns;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          const left = a.data[startA + (transposeA ? k * rows + r : r * inner + k)]!;
          const right = b.data[startB + (transposeB ? c * inner + k : k * columns + c)]!;
          sum += left * right;
        }
        y.data[(p * rows + r) * columns + c] = sum;
      }
    }
  }
}
