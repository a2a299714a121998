import { madd } from "./simd";

/**
 * Batch normalization over the rows of a matrix [rows, channels], in three launches: moments of chunks of rows, their
 * combination, and the normalization itself. x is read twice.
 */

@unmanaged
export class BatchMomentsArgs {
  /** [rows, channels] */
  x: usize;
  /** [chunks][2][channels]: the chunk's mean, and its sum of squared distances from it */
  partials: usize;
  rows: i32;
  channels: i32;
  rowsPerChunk: i32;
  channelsPerTask: i32;
}

/** The moments of one chunk of rows, in two passes while it is in the cache. */
export function batchMoments(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchMomentsArgs>(args);
  const channels = a.channels;
  const tasksAcross = (channels + a.channelsPerTask - 1) / a.channelsPerTask;
  const chunk = task / tasksAcross;
  const first = (task % tasksAcross) * a.channelsPerTask;
  const last = min(first + a.channelsPerTask, channels);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = <usize>channels << 2;
  const x = a.x + <usize>(chunk * a.rowsPerChunk) * pitch;
  const means = a.partials + <usize>(2 * chunk) * pitch;
  const squares = means + pitch;
  const share: f32 = 1 / <f32>rows;
  let c = first;
  for (; c <= last - 8; c += 8) {
    const column = <usize>c << 2;
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    let at = x + column;
    for (let row = 0; row < rows; row++, at += pitch) {
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
    }
    const meanLow = f32x4.mul(low, f32x4.splat(share));
    const meanHigh = f32x4.mul(high, f32x4.splat(share));
    low = f32x4.splat(0);
    high = f32x4.splat(0);
    at = x + column;
    for (let row = 0; row < rows; row++, at += pitch) {
      const distanceLow = f32x4.sub(v128.load(at), meanLow);
      const distanceHigh = f32x4.sub(v128.load(at, 16), meanHigh);
      low = madd(distanceLow, distanceLow, low);
      high = madd(distanceHigh, distanceHigh, high);
    }
    v128.store(means + column, meanLow);
    v128.store(means + column, meanHigh, 16);
    v128.store(squares + column, low);
    v128.store(squares + column, high, 16);
  }
  for (; c < last; c++) {
    const column = <usize>c << 2;
    let sum: f32 = 0;
    let at = x + column;
    for (let row = 0; row < rows; row++, at += pitch) sum += load<f32>(at);
    const mean = sum * share;
    sum = 0;
    at = x + column;
    for (let row = 0; row < rows; row++, at += pitch) {
      const distance = load<f32>(at) - mean;
      sum += distance * distance;
    }
    store<f32>(means + column, mean);
    store<f32>(squares + column, sum);
  }
}

@unmanaged
export class CombineMomentsArgs {
  /** [chunks][2][channels] from `batchMoments` */
  partials: usize;
  /** [channels] each */
  mean: usize;
  variance: usize;
  inverse: usize;
  rows: i32;
  channels: i32;
  rowsPerChunk: i32;
  epsilon: f32;
}

/** Channels that one task combines. The host's CHANNELS_PER_TASK. */
const CHANNELS_PER_TASK: i32 = 256;

/**
 * Mean, variance (with Bessel's correction) and 1 / sqrt(variance without it + epsilon), from the chunks' moments, in
 * float64. Squared distances from the whole mean are those from the chunk's, and for each row that of the two means.
 */
export function combineMoments(args: usize, task: i32, scratch: usize): void {
  const a = changetype<CombineMomentsArgs>(args);
  const pitch = <usize>a.channels << 2;
  const last = min((task + 1) * CHANNELS_PER_TASK, a.channels);
  for (let c = task * CHANNELS_PER_TASK; c < last; c++) {
    const column = <usize>c << 2;
    let sum: f64 = 0;
    let at = a.partials + column;
    for (let row = 0; row < a.rows; row += a.rowsPerChunk, at += 2 * pitch) {
      sum += <f64>load<f32>(at) * <f64>min(a.rowsPerChunk, a.rows - row);
    }
    const mean = sum / <f64>a.rows;
    let squares: f64 = 0;
    at = a.partials + column;
    for (let row = 0; row < a.rows; row += a.rowsPerChunk, at += 2 * pitch) {
      const distance = <f64>load<f32>(at) - mean;
      squares += <f64>load<f32>(at + pitch) + distance * distance * <f64>min(a.rowsPerChunk, a.rows - row);
    }
    store<f32>(a.mean + column, <f32>mean);
    store<f32>(a.variance + column, <f32>(squares / <f64>max(a.rows - 1, 1)));
    store<f32>(a.inverse + column, <f32>(1 / sqrt(squares / <f64>a.rows + <f64>a.epsilon)));
  }
}

@unmanaged
export class GivenMomentsArgs {
  /** [channels] each: given, and what becomes of them */
  givenMean: usize;
  givenVariance: usize;
  mean: usize;
  variance: usize;
  inverse: usize;
  channels: i32;
  epsilon: f32;
}

/** The moments as given, and 1 / sqrt(variance + epsilon). */
export function givenMoments(args: usize, task: i32, scratch: usize): void {
  const a = changetype<GivenMomentsArgs>(args);
  for (let c = 0; c < a.channels; c++) {
    const column = <usize>c << 2;
    const variance = load<f32>(a.givenVariance + column);
    store<f32>(a.mean + column, load<f32>(a.givenMean + column));
    store<f32>(a.variance + column, variance);
    store<f32>(a.inverse + column, 1 / sqrt<f32>(variance + a.epsilon));
  }
}

@unmanaged
export class NormalizeArgs {
  /** [rows, channels] */
  x: usize;
  y: usize;
  /** [channels] each */
  mean: usize;
  inverse: usize;
  scale: usize;
  offset: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
}

/** y = (x - mean) * (inverse * scale) + offset, one task's rows. */
export function batchNormalize(args: usize, task: i32, scratch: usize): void {
  const a = changetype<NormalizeArgs>(args);
  const channels = a.channels;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    let c = 0;
    for (; c <= channels - 8; c += 8) {
      const at = <usize>c << 2;
      const factorLow = f32x4.mul(v128.load(a.inverse + at), v128.load(a.scale + at));
      const factorHigh = f32x4.mul(v128.load(a.inverse + at, 16), v128.load(a.scale + at, 16));
      const low = f32x4.sub(v128.load(a.x + offset + at), v128.load(a.mean + at));
      const high = f32x4.sub(v128.load(a.x + offset + at, 16), v128.load(a.mean + at, 16));
      v128.store(a.y + offset + at, madd(low, factorLow, v128.load(a.offset + at)));
      v128.store(a.y + offset + at, madd(high, factorHigh, v128.load(a.offset + at, 16)), 16);
    }
    for (; c < channels; c++) {
      const at = <usize>c << 2;
      const factor = load<f32>(a.inverse + at) * load<f32>(a.scale + at);
      store<f32>(a.y + offset + at, (load<f32>(a.x + offset + at) - load<f32>(a.mean + at)) * factor + load<f32>(a.offset + at));
    }
  }
}
