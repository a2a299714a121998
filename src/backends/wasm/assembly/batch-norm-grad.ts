import { madd } from "./simd";

/**
 * The gradient of batch normalization over the rows of [rows, channels]: sums of chunks of rows, their addition (see
 * column-sums.ts), and dx.
 */

@unmanaged
export class BatchNormSumsArgs {
  /** [rows, channels] */
  dy: usize;
  x: usize;
  /** [channels] */
  mean: usize;
  inverse: usize;
  /** [chunks][2][channels]: sums of dy, and of dy (x - mean) inverse */
  partials: usize;
  rows: i32;
  channels: i32;
  rowsPerChunk: i32;
  channelsPerTask: i32;
}

export function batchNormSums(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchNormSumsArgs>(args);
  const channels = a.channels;
  const tasksAcross = (channels + a.channelsPerTask - 1) / a.channelsPerTask;
  const chunk = task / tasksAcross;
  const first = (task % tasksAcross) * a.channelsPerTask;
  const last = min(first + a.channelsPerTask, channels);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = <usize>channels << 2;
  const start = <usize>(chunk * a.rowsPerChunk) * pitch;
  const offsets = a.partials + <usize>(2 * chunk) * pitch;
  const scales = offsets + pitch;
  let c = first;
  for (; c <= last - 8; c += 8) {
    const column = <usize>c << 2;
    const meanLow = v128.load(a.mean + column);
    const meanHigh = v128.load(a.mean + column, 16);
    let sumLow = f32x4.splat(0);
    let sumHigh = f32x4.splat(0);
    let productLow = f32x4.splat(0);
    let productHigh = f32x4.splat(0);
    let at = start + column;
    for (let row = 0; row < rows; row++, at += pitch) {
      const dyLow = v128.load(a.dy + at);
      const dyHigh = v128.load(a.dy + at, 16);
      sumLow = f32x4.add(sumLow, dyLow);
      sumHigh = f32x4.add(sumHigh, dyHigh);
      productLow = madd(dyLow, f32x4.sub(v128.load(a.x + at), meanLow), productLow);
      productHigh = madd(dyHigh, f32x4.sub(v128.load(a.x + at, 16), meanHigh), productHigh);
    }
    v128.store(offsets + column, sumLow);
    v128.store(offsets + column, sumHigh, 16);
    v128.store(scales + column, f32x4.mul(productLow, v128.load(a.inverse + column)));
    v128.store(scales + column, f32x4.mul(productHigh, v128.load(a.inverse + column, 16)), 16);
  }
  for (; c < last; c++) {
    const column = <usize>c << 2;
    const mean = load<f32>(a.mean + column);
    let sum: f32 = 0;
    let product: f32 = 0;
    let at = start + column;
    for (let row = 0; row < rows; row++, at += pitch) {
      const dy = load<f32>(a.dy + at);
      sum += dy;
      product += dy * (load<f32>(a.x + at) - mean);
    }
    store<f32>(offsets + column, sum);
    store<f32>(scales + column, product * load<f32>(a.inverse + column));
  }
}

@unmanaged
export class BatchNormGradArgs {
  /** [rows, channels] */
  dy: usize;
  x: usize;
  dx: usize;
  /** [channels] each */
  mean: usize;
  inverse: usize;
  scale: usize;
  dScale: usize;
  dOffset: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
  /** 1 / rows when training, 0 when the moments were given. */
  share: f32;
}

/** dx = scale inverse (dy - share (dOffset + (x - mean) inverse dScale)), one task's rows. */
export function batchNormGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchNormGradArgs>(args);
  const channels = a.channels;
  const through = a.share != 0;
  const shares = f32x4.splat(a.share);
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    let c = 0;
    for (; c <= channels - 8; c += 8) {
      const at = <usize>c << 2;
      const inverseLow = v128.load(a.inverse + at);
      const inverseHigh = v128.load(a.inverse + at, 16);
      const factorLow = f32x4.mul(v128.load(a.scale + at), inverseLow);
      const factorHigh = f32x4.mul(v128.load(a.scale + at, 16), inverseHigh);
      let low = v128.load(a.dy + offset + at);
      let high = v128.load(a.dy + offset + at, 16);
      if (through) {
        const hLow = f32x4.mul(f32x4.sub(v128.load(a.x + offset + at), v128.load(a.mean + at)), inverseLow);
        const hHigh = f32x4.mul(f32x4.sub(v128.load(a.x + offset + at, 16), v128.load(a.mean + at, 16)), inverseHigh);
        const backLow = madd(hLow, v128.load(a.dScale + at), v128.load(a.dOffset + at));
        const backHigh = madd(hHigh, v128.load(a.dScale + at, 16), v128.load(a.dOffset + at, 16));
        low = f32x4.sub(low, f32x4.mul(backLow, shares));
        high = f32x4.sub(high, f32x4.mul(backHigh, shares));
      }
      v128.store(a.dx + offset + at, f32x4.mul(low, factorLow));
      v128.store(a.dx + offset + at, f32x4.mul(high, factorHigh), 16);
    }
    for (; c < channels; c++) {
      const at = <usize>c << 2;
      const inverse = load<f32>(a.inverse + at);
      let value = load<f32>(a.dy + offset + at);
      if (through) {
        const h = (load<f32>(a.x + offset + at) - load<f32>(a.mean + at)) * inverse;
        value -= (load<f32>(a.dOffset + at) + h * load<f32>(a.dScale + at)) * a.share;
      }
      store<f32>(a.dx + offset + at, value * load<f32>(a.scale + at) * inverse);
    }
  }
}
