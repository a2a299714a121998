/** Pictures of what a network has learned and sees. */
import type * as tf from "millrace";

/** Pixels that a weight becomes. */
const ZOOM = 4;
const GAP = 2;

/**
 * The filters of a first layer side by side, each scaled to its own range.
 * @param shape `[height, width, in, out]`; in is 1 or 3. Null for other shapes.
 */
export function filterSheet(weights: ArrayLike<number>, shape: readonly number[]): tf.data.Image | null {
  const [rows = 0, columns = 0, channels = 0, count = 0] = shape;
  if (shape.length !== 4 || (channels !== 1 && channels !== 3)) return null;
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const height = down * (rows * ZOOM + GAP) - GAP;
  const width = across * (columns * ZOOM + GAP) - GAP;
  const pixels = new Uint8Array(height * width * channels).fill(255);
  const at = (y: number, x: number, channel: number, filter: number): number =>
    weights[((y * columns + x) * channels + channel) * count + filter] ?? 0;
  for (let filter = 0; filter < count; filter++) {
    const [low, high] = rangeOf(weights, filter, count);
    const top = Math.floor(filter / across) * (rows * ZOOM + GAP);
    const left = (filter % across) * (columns * ZOOM + GAP);
    for (let y = 0; y < rows * ZOOM; y++) {
      for (let x = 0; x < columns * ZOOM; x++) {
        for (let channel = 0; channel < channels; channel++) {
          const value = at(Math.floor(y / ZOOM), Math.floor(x / ZOOM), channel, filter);
          const level = high === low ? 128 : Math.round((255 * (value - low)) / (high - low));
          pixels[((top + y) * width + left + x) * channels + channel] = level;
        }
      }
    }
  }
  return { pixels, height, width, channels };
}

function rangeOf(weights: ArrayLike<number>, filter: number, count: number): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = filter; index < weights.length; index += count) {
    low = Math.min(low, weights[index]!);
    high = Math.max(high, weights[index]!);
  }
  return [low, high];
}

/** An image that a network was fed, as it was before it was normalized, or nearly: scaled to its own range. */
export function pictureOf(values: ArrayLike<number>, height: number, width: number, channels: number): tf.data.Image {
  const [low, high] = rangeOf(values, 0, 1);
  const scale = high === low ? 0 : 255 / (high - low);
  return {
    pixels: Uint8Array.from({ length: height * width * channels }, (_, index) =>
      Math.round(((values[index] ?? 0) - low) * scale),
    ),
    height,
    width,
    channels,
  };
}

/** Channels of a convolution's result for one image, side by side in grey. @param shape `[1, height, width, channels]`. */
export function activationSheet(values: ArrayLike<number>, shape: readonly number[], most = 64): tf.data.Image {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  const count = Math.min(channels, most);
  const across = Math.ceil(Math.sqrt(count));
  const height = Math.ceil(count / across) * (rows + GAP) - GAP;
  const width = across * (columns + GAP) - GAP;
  const pixels = new Uint8Array(height * width).fill(255);
  for (let channel = 0; channel < count; channel++) {
    const [low, high] = rangeOf(values, channel, channels);
    const top = Math.floor(channel / across) * (rows + GAP);
    const left = (channel % across) * (columns + GAP);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const value = values[(y * columns + x) * channels + channel] ?? 0;
        pixels[(top + y) * width + left + x] = high === low ? 0 : Math.round((255 * (value - low)) / (high - low));
      }
    }
  }
  return { pixels, height, width, channels: 1 };
}
