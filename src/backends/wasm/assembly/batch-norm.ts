import { addRows, GROUP } from "./column-sums";
import { BLOCK, flushSums } from "./reduce-sum";
import { madd, storePair, zero } from "./simd";

/**
 * Batch normalization over the rows of a matrix [rows, channels], in three launches: moments of chunks of rows, their
 * combination, and the normalization itself. x is read twice.
 *
 * An error of a channel's mean or factor is the same in all its rows, so it does not average out further on, in
 * gradients that are sums over the rows: what belongs to a channel is float64 until it is stored.
 */

@unmanaged
export class BatchMomentsArgs {
  /** [rows, channels] */
  x: usize;
  /** float64 [chunks][2][channels]: the chunk's mean, and its sum of squared distances from it */
  partials: usize;
  rows: i32;
  channels: i32;
  rowsPerChunk: i32;
  channelsPerTask: i32;
}

/**
 * The moments of one chunk of rows, in two passes while it is in the cache: a center near the mean, then the sums of the
 * distances from it and of their squares, which correct it.
 */
export function batchMoments(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BatchMomentsArgs>(args);
  const channels = a.channels;
  const tasksAcross = (channels + a.channelsPerTask - 1) / a.channelsPerTask;
  const chunk = task / tasksAcross;
  const first = (task % tasksAcross) * a.channelsPerTask;
  const width = min(a.channelsPerTask, channels - first);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = (<usize>channels) << 2;
  const x = a.x + <usize>(chunk * a.rowsPerChunk) * pitch + ((<usize>first) << 2);
  const means = a.partials + ((<usize>(2 * chunk) * <usize>channels + <usize>first) << 3);
  const squares = means + ((<usize>channels) << 3);
  memory.fill(means, 0, (<usize>width) << 3);
  memory.fill(squares, 0, (<usize>width) << 3);
  const centers = scratch;
  const sums = centers + ((<usize>width) << 2);
  const squareSums = sums + ((<usize>width) << 2);
  zero(scratch, 3 * width);
  for (let row = 0; row < rows; row += GROUP) {
    addRows(x + <usize>row * pitch, min(GROUP, rows - row), pitch, centers, width);
  }
  for (let c = 0; c < width; c++) {
    const at = centers + ((<usize>c) << 2);
    store<f32>(at, load<f32>(at) / <f32>rows);
  }
  for (let block = 0; block < rows; block += BLOCK) {
    const end = min(block + BLOCK, rows);
    for (let row = block; row < end; row += GROUP) {
      addDistances(x + <usize>row * pitch, min(GROUP, end - row), pitch, centers, sums, squareSums, width);
    }
    flushSums(sums, means, width);
    flushSums(squareSums, squares, width);
  }
  for (let c = 0; c < width; c++) {
    const at = (<usize>c) << 3;
    // Where the center is infinite, the distances are not numbers.
    const shift = finiteOrZero(load<f64>(means + at) / <f64>rows);
    store<f64>(squares + at, load<f64>(squares + at) - shift * shift * <f64>rows);
    store<f64>(means + at, <f64>load<f32>(centers + ((<usize>c) << 2)) + shift);
  }
}

/** sums[c] += x - centers[c], squareSums[c] += (x - centers[c])², of a few rows, in float32. */
function addDistances(
  x: usize,
  rows: i32,
  pitch: usize,
  centers: usize,
  sums: usize,
  squareSums: usize,
  width: i32,
): void {
  let c = 0;
  for (; c <= width - 8; c += 8, x += 32, centers += 32, sums += 32, squareSums += 32) {
    const centerLow = v128.load(centers);
    const centerHigh = v128.load(centers, 16);
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    let squareLow = f32x4.splat(0);
    let squareHigh = f32x4.splat(0);
    let at = x;
    for (let row = 0; row < rows; row++, at += pitch) {
      const distanceLow = f32x4.sub(v128.load(at), centerLow);
      const distanceHigh = f32x4.sub(v128.load(at, 16), centerHigh);
      low = f32x4.add(low, distanceLow);
      high = f32x4.add(high, distanceHigh);
      squareLow = madd(distanceLow, distanceLow, squareLow);
      squareHigh = madd(distanceHigh, distanceHigh, squareHigh);
    }
    storePair(sums, f32x4.add(v128.load(sums), low), f32x4.add(v128.load(sums, 16), high));
    storePair(
      squareSums,
      f32x4.add(v128.load(squareSums), squareLow),
      f32x4.add(v128.load(squareSums, 16), squareHigh),
    );
  }
  for (; c < width; c++, x += 4, centers += 4, sums += 4, squareSums += 4) {
    const center = load<f32>(centers);
    let sum = load<f32>(sums);
    let square = load<f32>(squareSums);
    let at = x;
    for (let row = 0; row < rows; row++, at += pitch) {
      const distance = load<f32>(at) - center;
      sum += distance;
      square += distance * distance;
    }
    store<f32>(sums, sum);
    store<f32>(squareSums, square);
  }
}

/** x, or 0 for infinity and NaN: for corrections of a number that is not finite itself. */
export function finiteOrZero(x: f64): f64 {
  return x - x == 0 ? x : 0;
}

@unmanaged
export class CombineMomentsArgs {
  /** float64 [chunks][2][channels] from `batchMoments` */
  partials: usize;
  /** [channels] each */
  scale: usize;
  offset: usize;
  mean: usize;
  variance: usize;
  inverse: usize;
  /** [2][channels]: what `batchNormalize` multiplies x - mean by, and then adds */
  coefficients: usize;
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
  const pitch = (<usize>a.channels) << 3;
  const last = min((task + 1) * CHANNELS_PER_TASK, a.channels);
  for (let c = task * CHANNELS_PER_TASK; c < last; c++) {
    const column = (<usize>c) << 2;
    let sum: f64 = 0;
    let at = a.partials + (column << 1);
    for (let row = 0; row < a.rows; row += a.rowsPerChunk, at += 2 * pitch) {
      sum += load<f64>(at) * <f64>min(a.rowsPerChunk, a.rows - row);
    }
    const mean = sum / <f64>a.rows;
    let squares: f64 = 0;
    at = a.partials + (column << 1);
    for (let row = 0; row < a.rows; row += a.rowsPerChunk, at += 2 * pitch) {
      const distance = load<f64>(at) - mean;
      squares += load<f64>(at + pitch) + distance * distance * <f64>min(a.rowsPerChunk, a.rows - row);
    }
    const inverse = 1 / sqrt(squares / <f64>a.rows + <f64>a.epsilon);
    const factor = inverse * <f64>load<f32>(a.scale + column);
    const lost = mean - <f64>(<f32>mean);
    store<f32>(a.mean + column, <f32>mean);
    store<f32>(a.variance + column, <f32>(squares / <f64>max(a.rows - 1, 1)));
    store<f32>(a.inverse + column, <f32>inverse);
    store<f32>(a.coefficients + column, <f32>factor);
    // The part of the mean that float32 cannot hold.
    store<f32>(a.coefficients + (pitch >> 1) + column, <f32>(<f64>load<f32>(a.offset + column) - lost * factor));
  }
}

@unmanaged
export class GivenMomentsArgs {
  /** [channels] each: given, and what becomes of them */
  givenMean: usize;
  givenVariance: usize;
  scale: usize;
  offset: usize;
  mean: usize;
  variance: usize;
  inverse: usize;
  /** [2][channels], as of `combineMoments` */
  coefficients: usize;
  channels: i32;
  epsilon: f32;
}

/** The moments as given, and 1 / sqrt(variance + epsilon). */
export function givenMoments(args: usize, task: i32, scratch: usize): void {
  const a = changetype<GivenMomentsArgs>(args);
  const pitch = (<usize>a.channels) << 2;
  for (let column: usize = 0; column < pitch; column += 4) {
    const variance = load<f32>(a.givenVariance + column);
    const inverse = 1 / sqrt(<f64>variance + <f64>a.epsilon);
    store<f32>(a.mean + column, load<f32>(a.givenMean + column));
    store<f32>(a.variance + column, variance);
    store<f32>(a.inverse + column, <f32>inverse);
    store<f32>(a.coefficients + column, <f32>(inverse * <f64>load<f32>(a.scale + column)));
    store<f32>(a.coefficients + pitch + column, load<f32>(a.offset + column));
  }
}

@unmanaged
export class NormalizeArgs {
  /** [rows, channels] */
  x: usize;
  y: usize;
  /** [channels] */
  mean: usize;
  /** [2][channels] */
  coefficients: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
}

/** y = (x - mean) * factor + offset, one task's rows. */
export function batchNormalize(args: usize, task: i32, scratch: usize): void {
  const a = changetype<NormalizeArgs>(args);
  const channels = a.channels;
  const pitch = (<usize>channels) << 2;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    let x = a.x + <usize>row * pitch;
    let y = a.y + <usize>row * pitch;
    let mean = a.mean;
    let factors = a.coefficients;
    let offsets = factors + pitch;
    let c = 0;
    for (; c <= channels - 8; c += 8, x += 32, y += 32, mean += 32, factors += 32, offsets += 32) {
      const low = f32x4.sub(v128.load(x), v128.load(mean));
      const high = f32x4.sub(v128.load(x, 16), v128.load(mean, 16));
      storePair(
        y,
        madd(low, v128.load(factors), v128.load(offsets)),
        madd(high, v128.load(factors, 16), v128.load(offsets, 16)),
      );
    }
    for (; c < channels; c++, x += 4, y += 4, mean += 4, factors += 4, offsets += 4) {
      store<f32>(y, (load<f32>(x) - load<f32>(mean)) * load<f32>(factors) + load<f32>(offsets));
    }
  }
}
