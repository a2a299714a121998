import assert from "node:assert/strict";
import type { NDArray } from "../../src/core/ndarray.ts";

/** How far a float32 result may be from the float64 reference. */
export interface Tolerance {
  /** Relative to each element, or to the largest element when `of` says so (sums that cancel). */
  readonly rtol: number;
  readonly atol?: number;
  readonly of?: "element" | "largest";
  /** The reason, when it is not the elementwise default. */
  readonly why?: string;
}

/** PyTorch's float32 tolerance for elementwise results. */
export const ELEMENTWISE: Tolerance = { rtol: 1.3e-6, atol: 1e-7 };

/** Fails with the worst element: its place, both values, and the bound. */
export function assertClose(actual: NDArray, expected: NDArray, tolerance: Tolerance, what: string): void {
  assert.deepEqual(actual.shape, expected.shape, `${what}: shape`);
  assert.equal(actual.dtype, expected.dtype, `${what}: dtype`);
  const largest = tolerance.of === "largest" ? largestFinite(expected.data) : 0;
  let worst = { index: -1, excess: 0, bound: 0 };
  for (let index = 0; index < expected.data.length; index++) {
    const a = actual.data[index]!;
    // The reference may exceed float32's range where float32 rightly overflows.
    const e = expected.dtype === "float32" ? overflow(expected.data[index]!) : expected.data[index]!;
    if (Object.is(a, e) || a === e || (Number.isNaN(a) && Number.isNaN(e))) continue;
    const bound =
      expected.dtype === "float32" ? (tolerance.atol ?? 0) + tolerance.rtol * Math.max(Math.abs(e), largest) : 0;
    const difference = Math.abs(a - e);
    const excess = Number.isFinite(difference) ? difference - bound : Number.POSITIVE_INFINITY;
    if (excess > worst.excess) worst = { index, excess, bound };
  }
  if (worst.index < 0) return;
  assert.fail(
    `${what}: element ${worst.index} is ${actual.data[worst.index]}, expected ${expected.data[worst.index]}, ` +
      `allowed difference ${worst.bound} (shape [${expected.shape.join(", ")}])`,
  );
}

function overflow(value: number): number {
  return Number.isFinite(value) && Math.abs(value) > 3.4028235677973366e38
    ? Math.sign(value) * Number.POSITIVE_INFINITY
    : value;
}

function largestFinite(data: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < data.length; index++) {
    const size = Math.abs(data[index]!);
    if (Number.isFinite(size) && size > largest) largest = size;
  }
  return largest;
}

/** Fails unless both hold the same bits. */
export function assertSameBits(actual: readonly NDArray[], expected: readonly NDArray[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (const [index, array] of actual.entries()) {
    const a = bytesOf(array);
    const b = bytesOf(expected[index]!);
    const at = a.findIndex((byte, i) => byte !== b[i]);
    assert.equal(at, -1, `${what}: output ${index} differs from byte ${at} on`);
  }
}

function bytesOf({ data }: NDArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
