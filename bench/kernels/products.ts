import * as tf from "millrace";
import { arithmetic, bandwidth, type KernelCase, numbers } from "./kernel-case.ts";

/** Matrix products: squares, and the fully connected layers of AlexNet. */
export const products: readonly KernelCase[] = [
  product(256, 256, 256),
  product(512, 512, 512),
  product(1024, 1024, 1024),
  product(2048, 2048, 2048),
  product(32, 9216, 4096),
  product(128, 9216, 4096),
  transposed(1024, 1024, 1024),
  // A single image: every weight is used once, so memory is the limit.
  { ...product(1, 9216, 4096), limit: bandwidth(9216 * 4096) },
];

function product(rows: number, inner: number, columns: number): KernelCase {
  return {
    name: `matmul/${rows}x${inner}x${columns}`,
    limit: arithmetic,
    build: () => tf.matmul(numbers(rows, inner), numbers(inner, columns)),
  };
}

/** As in the gradient of a fully connected layer. */
function transposed(rows: number, inner: number, columns: number): KernelCase {
  return {
    name: `matmul/${rows}x${inner}x${columns} transposed`,
    limit: arithmetic,
    build: () => tf.matmul(numbers(inner, rows), numbers(inner, columns), { transposeA: true }),
  };
}
