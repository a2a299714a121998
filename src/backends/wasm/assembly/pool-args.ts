/** Windows of up to so many cells have their winners in bytes. */
export const BYTE_CELLS: i32 = 256;

/** What every pool kernel gets, and how windows lie over an image. The host's kernels/shared/pool.ts writes it. */
@unmanaged
export class PoolArgs {
  /** The image side, float32[batch, inHeight, inWidth, channels]: read going forward, written going back. */
  images: usize;
  /** The pooled side, float32[batch, outHeight, outWidth, channels]. */
  pooled: usize;
  /** Max pools: the cell of each window that won, u8 or i32[batch, outHeight, outWidth, channels]; else 0. */
  winners: usize;
  batch: i32;
  channels: i32;
  inHeight: i32;
  kernelHeight: i32;
  strideHeight: i32;
  /** Cells of padding above. */
  top: i32;
  outHeight: i32;
  inWidth: i32;
  kernelWidth: i32;
  strideWidth: i32;
  /** Cells of padding on the left. */
  left: i32;
  outWidth: i32;
  /** Rows of all images, of the side that is written, that one task writes. */
  rowsPerTask: i32;
}

/** The first window, along one axis, that covers cell `at` of the image. */
// @ts-ignore: decorator
@inline
export function firstWindow(at: i32, before: i32, kernel: i32, stride: i32): i32 {
  return max(0, (at + before - kernel + stride) / stride);
}

/** One past the last window, of `windows`, that covers cell `at` of the image. */
// @ts-ignore: decorator
@inline
export function endWindow(at: i32, before: i32, stride: i32, windows: i32): i32 {
  return min(windows, (at + before) / stride + 1);
}

/** How many cells of window `index`, along one axis, lie in the image. */
// @ts-ignore: decorator
@inline
export function cellsInside(index: i32, before: i32, kernel: i32, stride: i32, size: i32): i32 {
  const start = index * stride - before;
  return min(start + kernel, size) - max(start, 0);
}
