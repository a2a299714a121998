/**
 * Depthwise convolution in NHWC and its gradients. Output channel o reads input channel o / multiplier, so vectors run over output
 * channels, which lie side by side in y, dy and the filter; bound by memory, not by arithmetic, so no blocking in registers.
 */

import { madd, storePair } from "./simd";

/** Arguments of the three kernels; each writes the array it is named after and reads the two others. */
@unmanaged
export class DepthwiseArgs {
  /** x or dx: [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** filter or its gradient: [kernelHeight][kernelWidth][inChannels][multiplier] */
  filter: usize;
  /** y or dy: [batch][outHeight][outWidth][inChannels * multiplier] */
  y: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  multiplier: i32;
  outHeight: i32;
  outWidth: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;
}

/** The input channels of the output channels o .. o + 3; x is the address of a pixel. */
// @ts-ignore: decorator
@inline
function spread(x: usize, o: i32, multiplier: i32): v128 {
  if (multiplier == 1) return v128.load(x + ((<usize>o) << 2));
  if ((multiplier & 3) == 0) return v128.load32_splat(x + ((<usize>(o / multiplier)) << 2));
  let v = f32x4.splat(load<f32>(x + ((<usize>(o / multiplier)) << 2)));
  v = f32x4.replace_lane(v, 1, load<f32>(x + ((<usize>((o + 1) / multiplier)) << 2)));
  v = f32x4.replace_lane(v, 2, load<f32>(x + ((<usize>((o + 2) / multiplier)) << 2)));
  return f32x4.replace_lane(v, 3, load<f32>(x + ((<usize>((o + 3) / multiplier)) << 2)));
}

/** y = x * filter. Tasks: batch * outHeight, each one row of an output image. No scratch. */
export function depthwise(args: usize, task: i32, scratch: usize): void {
  const g = changetype<DepthwiseArgs>(args);
  const channels = g.inChannels;
  const multiplier = g.multiplier;
  const outs = channels * multiplier;
  const image = g.x + ((<usize>(task / g.outHeight) * <usize>(g.inHeight * g.inWidth) * <usize>channels) << 2);
  const top = (task % g.outHeight) * g.strideHeight - g.padTop;
  let y = g.y + ((<usize>task * <usize>(g.outWidth * outs)) << 2);
  for (let column = 0; column < g.outWidth; column++) {
    const left = column * g.strideWidth - g.padLeft;
    let o = 0;
    for (; o <= outs - 8; o += 8, y += 32) {
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      let w = g.filter + ((<usize>o) << 2);
      for (let kh = 0; kh < g.kernelHeight; kh++) {
        const row = top + kh * g.dilationHeight;
        for (let kw = 0; kw < g.kernelWidth; kw++, w += (<usize>outs) << 2) {
          const at = left + kw * g.dilationWidth;
          if (<u32>row >= <u32>g.inHeight || <u32>at >= <u32>g.inWidth) continue;
          const pixel = image + ((<usize>((row * g.inWidth + at) * channels)) << 2);
          if (multiplier == 1) {
            const x = pixel + ((<usize>o) << 2);
            low = madd(v128.load(x), v128.load(w), low);
            high = madd(v128.load(x, 16), v128.load(w, 16), high);
          } else {
            low = madd(spread(pixel, o, multiplier), v128.load(w), low);
            high = madd(spread(pixel, o + 4, multiplier), v128.load(w, 16), high);
          }
        }
      }
      storePair(y, low, high);
    }
    for (; o < outs; o++, y += 4) {
      let sum: f32 = 0;
      let w = g.filter + ((<usize>o) << 2);
      for (let kh = 0; kh < g.kernelHeight; kh++) {
        const row = top + kh * g.dilationHeight;
        for (let kw = 0; kw < g.kernelWidth; kw++, w += (<usize>outs) << 2) {
          const at = left + kw * g.dilationWidth;
          if (<u32>row >= <u32>g.inHeight || <u32>at >= <u32>g.inWidth) continue;
          const x = image + ((<usize>((row * g.inWidth + at) * channels + o / multiplier)) << 2);
          sum += load<f32>(x) * load<f32>(w);
        }
      }
      store<f32>(y, sum);
    }
  }
}

/** The output row or column that reads input `at` through filter position `tap`, or -1. */
// @ts-ignore: decorator
@inline
function reader(at: i32, tap: i32, pad: i32, dilation: i32, stride: i32, size: i32): i32 {
  const shifted = at + pad - tap * dilation;
  if (stride == 1) return <u32>shifted < <u32>size ? shifted : -1; // the common case, without a division
  if (shifted < 0 || shifted % stride != 0) return -1;
  const out = shifted / stride;
  return out < size ? out : -1;
}

/** dx[c] = sum over taps and multiplier of dy * filter. Tasks: batch * inHeight, each one row of an image. No scratch. */
export function depthwiseInputGradient(args: usize, task: i32, scratch: usize): void {
  const g = changetype<DepthwiseArgs>(args);
  const channels = g.inChannels;
  const multiplier = g.multiplier;
  const outs = channels * multiplier;
  const image = g.y + ((<usize>(task / g.inHeight) * <usize>(g.outHeight * g.outWidth) * <usize>outs) << 2);
  const row = task % g.inHeight;
  let dx = g.x + ((<usize>task * <usize>(g.inWidth * channels)) << 2);
  for (let column = 0; column < g.inWidth; column++) {
    let c = 0;
    for (; multiplier == 1 && c <= channels - 8; c += 8, dx += 32) {
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      for (let kh = 0; kh < g.kernelHeight; kh++) {
        const outRow = reader(row, kh, g.padTop, g.dilationHeight, g.strideHeight, g.outHeight);
        if (outRow < 0) continue;
        for (let kw = 0; kw < g.kernelWidth; kw++) {
          const outColumn = reader(column, kw, g.padLeft, g.dilationWidth, g.strideWidth, g.outWidth);
          if (outColumn < 0) continue;
          const dy = image + ((<usize>((outRow * g.outWidth + outColumn) * channels + c)) << 2);
          const w = g.filter + ((<usize>((kh * g.kernelWidth + kw) * channels + c)) << 2);
          low = madd(v128.load(dy), v128.load(w), low);
          high = madd(v128.load(dy, 16), v128.load(w, 16), high);
        }
      }
      storePair(dx, low, high);
    }
    for (; c < channels; c++, dx += 4) {
      let sum: f32 = 0;
      for (let kh = 0; kh < g.kernelHeight; kh++) {
        const outRow = reader(row, kh, g.padTop, g.dilationHeight, g.strideHeight, g.outHeight);
        if (outRow < 0) continue;
        for (let kw = 0; kw < g.kernelWidth; kw++) {
          const outColumn = reader(column, kw, g.padLeft, g.dilationWidth, g.strideWidth, g.outWidth);
          if (outColumn < 0) continue;
          let dy = image + ((<usize>((outRow * g.outWidth + outColumn) * outs + c * multiplier)) << 2);
          let w = g.filter + ((<usize>((kh * g.kernelWidth + kw) * outs + c * multiplier)) << 2);
          for (let m = 0; m < multiplier; m++, dy += 4, w += 4) sum += load<f32>(dy) * load<f32>(w);
        }
      }
      store<f32>(dx, sum);
    }
  }
}

/** Output channels of a task of the filter's gradient. */
const SLICE: i32 = 32;

/**
 * dfilter = sum over images and pixels of x * dy. Tasks: kernelHeight * kernelWidth * ceil(inChannels * multiplier / 32), slices
 * fastest. No scratch. Each output row is summed by itself first, so that errors grow with rows + columns, not with their product.
 */
export function depthwiseFilterGradient(args: usize, task: i32, scratch: usize): void {
  const g = changetype<DepthwiseArgs>(args);
  const channels = g.inChannels;
  const multiplier = g.multiplier;
  const outs = channels * multiplier;
  const slices = (outs + SLICE - 1) / SLICE;
  const tap = task / slices;
  const first = (task % slices) * SLICE;
  const end = min(first + SLICE, outs);
  const rowShift = (tap / g.kernelWidth) * g.dilationHeight - g.padTop;
  const columnShift = (tap % g.kernelWidth) * g.dilationWidth - g.padLeft;
  const rows = g.batch * g.outHeight;
  const dw = g.filter + ((<usize>(tap * outs)) << 2);
  let o = first;
  for (; o <= end - 8; o += 8) {
    let totalLow = f32x4.splat(0);
    let totalHigh = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const row = (r % g.outHeight) * g.strideHeight + rowShift;
      if (<u32>row >= <u32>g.inHeight) continue;
      const xRow = g.x + ((<usize>((r / g.outHeight) * g.inHeight + row) * <usize>(g.inWidth * channels)) << 2);
      let dy = g.y + ((<usize>r * <usize>(g.outWidth * outs) + <usize>o) << 2);
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      for (let c = 0, at = columnShift; c < g.outWidth; c++, at += g.strideWidth, dy += (<usize>outs) << 2) {
        if (<u32>at >= <u32>g.inWidth) continue;
        const pixel = xRow + ((<usize>(at * channels)) << 2);
        if (multiplier == 1) {
          const x = pixel + ((<usize>o) << 2);
          low = madd(v128.load(x), v128.load(dy), low);
          high = madd(v128.load(x, 16), v128.load(dy, 16), high);
        } else {
          low = madd(spread(pixel, o, multiplier), v128.load(dy), low);
          high = madd(spread(pixel, o + 4, multiplier), v128.load(dy, 16), high);
        }
      }
      totalLow = f32x4.add(totalLow, low);
      totalHigh = f32x4.add(totalHigh, high);
    }
    storePair(dw + ((<usize>o) << 2), totalLow, totalHigh);
  }
  for (; o < end; o++) {
    let total: f32 = 0;
    for (let r = 0; r < rows; r++) {
      const row = (r % g.outHeight) * g.strideHeight + rowShift;
      if (<u32>row >= <u32>g.inHeight) continue;
      const xRow = g.x + ((<usize>((r / g.outHeight) * g.inHeight + row) * <usize>(g.inWidth * channels)) << 2);
      let dy = g.y + ((<usize>r * <usize>(g.outWidth * outs) + <usize>o) << 2);
      let sum: f32 = 0;
      for (let c = 0, at = columnShift; c < g.outWidth; c++, at += g.strideWidth, dy += (<usize>outs) << 2) {
        if (<u32>at >= <u32>g.inWidth) continue;
        sum += load<f32>(xRow + ((<usize>(at * channels + o / multiplier)) << 2)) * load<f32>(dy);
      }
      total += sum;
    }
    store<f32>(dw + ((<usize>o) << 2), total);
  }
}
