import { finiteOrZero } from "./batch-norm";
import { GROUP } from "./column-sums";
import { BLOCK, flushSums } from "./reduce-sum";
import { madd, storePair, zero } from "./simd";

/**
 * The gradient of batch normalization over the rows of [rows, channels]: sums of chunks of rows, what follows from them
 * for each channel, and dx. See batch-norm.ts on accuracy.
 */

@unmanaged
export class BatchNormSumsArgs {
  /** [rows, channels] */
  dy: usize;
  x: usize;
  /** [channels] */
  mean: usize;
  /** float64 [chunks][3][channels]: sums of dy, of dy (x - mean), and of x - mean */
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
  const width = min(a.channelsPerTask, channels - first);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = (<usize>channels) << 2;
  const start = <usize>(chunk * a.rowsPerChunk) * pitch + ((<usize>first) << 2);
  const partials = a.partials + ((<usize>(3 * chunk) * <usize>channels + <usize>first) << 3);
  for (let kind = 0; kind < 3; kind++) memory.fill(partials + <usize>kind * 2 * pitch, 0, (<usize>width) << 3);
  const apart = (<usize>width) << 2;
  zero(scratch, 3 * width);
  for (let block = 0; block < rows; block += BLOCK) {
    const end = min(block + BLOCK, rows);
    for (let row = block; row < end; row += GROUP) {
      const at = start + <usize>row * pitch;
      addTerms(a.dy + at, a.x + at, min(GROUP, end - row), pitch, a.mean + ((<usize>first) << 2), scratch, width);
    }
    for (let kind: usize = 0; kind < 3; kind++) flushSums(scratch + kind * apart, partials + kind * 2 * pitch, width);
  }
}

/** The three sums of a few rows, in float32, [3][width]. */
function addTerms(dy: usize, x: usize, rows: i32, pitch: usize, means: usize, sums: usize, width: i32): void {
  let products = sums + ((<usize>width) << 2);
  let distances = products + ((<usize>width) << 2);
  const across = x - dy;
  let c = 0;
  for (; c <= width - 8; c += 8, dy += 32, means += 32, sums += 32, products += 32, distances += 32) {
    const meanLow = v128.load(means);
    const meanHigh = v128.load(means, 16);
    let sumLow = f32x4.splat(0);
    let sumHigh = f32x4.splat(0);
    let productLow = f32x4.splat(0);
    let productHigh = f32x4.splat(0);
    let distanceLow = f32x4.splat(0);
    let distanceHigh = f32x4.splat(0);
    let at = dy;
    for (let row = 0; row < rows; row++, at += pitch) {
      const dyLow = v128.load(at);
      const dyHigh = v128.load(at, 16);
      const fromLow = f32x4.sub(v128.load(at + across), meanLow);
      const fromHigh = f32x4.sub(v128.load(at + across, 16), meanHigh);
      sumLow = f32x4.add(sumLow, dyLow);
      sumHigh = f32x4.add(sumHigh, dyHigh);
      productLow = madd(dyLow, fromLow, productLow);
      productHigh = madd(dyHigh, fromHigh, productHigh);
      distanceLow = f32x4.add(distanceLow, fromLow);
      distanceHigh = f32x4.add(distanceHigh, fromHigh);
    }
    storePair(sums, f32x4.add(v128.load(sums), sumLow), f32x4.add(v128.load(sums, 16), sumHigh));
    storePair(products, f32x4.add(v128.load(products), productLow), f32x4.add(v128.load(products, 16), productHigh));
    storePair(
      distances,
      f32x4.add(v128.load(distances), distanceLow),
      f32x4.add(v128.load(distances, 16), distanceHigh),
    );
  }
  for (; c < width; c++, dy += 4, means += 4, sums += 4, products += 4, distances += 4) {
    const mean = load<f32>(means);
    let sum = load<f32>(sums);
    let product = load<f32>(products);
    let distance = load<f32>(distances);
    let at = dy;
    for (let row = 0; row < rows; row++, at += pitch) {
      const value = load<f32>(at);
      const from = load<f32>(at + across) - mean;
      sum += value;
      product += value * from;
      distance += from;
    }
    store<f32>(sums, sum);
    store<f32>(products, product);
    store<f32>(distances, distance);
  }
}

@unmanaged
export class BatchNormCoefficientsArgs {
  /** float64 [chunks][3][channels] from `batchNormSums` */
  partials: usize;
  /** [channels] each */
  scale: usize;
  inverse: usize;
  dScale: usize;
  dOffset: usize;
  /** [4][channels]: see `batchNormGrad` */
  coefficients: usize;
  chunks: i32;
  channels: i32;
  /** When training, else 0. */
  rows: i32;
}

/** Channels that one task combines. The host's CHANNELS_PER_TASK. */
const CHANNELS_PER_TASK: i32 = 256;

/**
 * dScale, dOffset, and the coefficients of dx, in float64. When training, the sums are those around the exact mean: the
 * sum of x - mean tells how far off the mean in float32 is. dx then adds up to zero, as it must, because what float32
 * cannot hold of dOffset / rows, and that distance, are a coefficient of their own.
 */
export function batchNormCoefficients(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchNormCoefficientsArgs>(args);
  const pitch = (<usize>a.channels) << 2;
  const last = min((task + 1) * CHANNELS_PER_TASK, a.channels);
  for (let c = task * CHANNELS_PER_TASK; c < last; c++) {
    const column = (<usize>c) << 2;
    let dOffset: f64 = 0;
    let product: f64 = 0;
    let distance: f64 = 0;
    let at = a.partials + (column << 1);
    for (let chunk = 0; chunk < a.chunks; chunk++, at += 6 * pitch) {
      dOffset += load<f64>(at);
      product += load<f64>(at + 2 * pitch);
      distance += load<f64>(at + 4 * pitch);
    }
    const inverse = <f64>load<f32>(a.inverse + column);
    const to = a.coefficients + column;
    store<f32>(to, <f32>(<f64>load<f32>(a.scale + column) * inverse));
    store<f32>(a.dOffset + column, <f32>dOffset);
    if (a.rows > 0) {
      const share = 1 / <f64>a.rows;
      product -= finiteOrZero(distance * dOffset * share);
      const constant = dOffset * share;
      const high = <f32>constant;
      const slope = <f32>(product * inverse * inverse * share);
      store<f32>(to + pitch, high);
      store<f32>(to + 2 * pitch, slope);
      store<f32>(to + 3 * pitch, <f32>finiteOrZero(constant - <f64>high - <f64>slope * distance * share));
    }
    // No rows add up to nothing, but their variance is NaN.
    store<f32>(a.dScale + column, a.chunks > 0 ? <f32>(product * inverse) : 0);
  }
}

@unmanaged
export class BatchNormGradArgs {
  /** [rows, channels] */
  dy: usize;
  x: usize;
  dx: usize;
  /** [channels] */
  mean: usize;
  /** [4][channels] from `batchNormCoefficients` */
  coefficients: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
  /** 1 when training; 0 when the moments were given. */
  training: i32;
}

/** dx = factor ((dy - constant) - ((x - mean) slope + rest)) when training, factor dy else; one task's rows. */
export function batchNormGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchNormGradArgs>(args);
  const channels = a.channels;
  const pitch = (<usize>channels) << 2;
  const training = a.training != 0;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = <usize>row * pitch;
    const factors = a.coefficients;
    const constants = factors + pitch;
    const slopes = constants + pitch;
    const rests = slopes + pitch;
    let c = 0;
    for (; c <= channels - 8; c += 8) {
      const at = (<usize>c) << 2;
      let low = v128.load(a.dy + offset + at);
      let high = v128.load(a.dy + offset + at, 16);
      if (training) {
        const fromLow = f32x4.sub(v128.load(a.x + offset + at), v128.load(a.mean + at));
        const fromHigh = f32x4.sub(v128.load(a.x + offset + at, 16), v128.load(a.mean + at, 16));
        low = f32x4.sub(low, v128.load(constants + at));
        high = f32x4.sub(high, v128.load(constants + at, 16));
        low = f32x4.sub(low, madd(fromLow, v128.load(slopes + at), v128.load(rests + at)));
        high = f32x4.sub(high, madd(fromHigh, v128.load(slopes + at, 16), v128.load(rests + at, 16)));
      }
      storePair(
        a.dx + offset + at,
        f32x4.mul(low, v128.load(factors + at)),
        f32x4.mul(high, v128.load(factors + at, 16)),
      );
    }
    for (; c < channels; c++) {
      const at = (<usize>c) << 2;
      let value = load<f32>(a.dy + offset + at);
      if (training) {
        const from = load<f32>(a.x + offset + at) - load<f32>(a.mean + at);
        value = value - load<f32>(constants + at) - (from * load<f32>(slopes + at) + load<f32>(rests + at));
      }
      store<f32>(a.dx + offset + at, value * load<f32>(factors + at));
    }
  }
}
