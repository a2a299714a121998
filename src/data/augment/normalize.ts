import { ValueError } from "../../core/errors.ts";
import type { Image } from "../image.ts";
import type { TransformOptions } from "./transform.ts";

/**
 * Writes (value - mean) / deviation of every channel into `out`, `[height, width, channels]`.
 * @param mirrored left becomes right on the way, which takes no time of its own.
 */
export function normalizeInto(
  picture: Image,
  options: TransformOptions["normalize"],
  out: Float32Array,
  mirrored = false,
): void {
  const { mean, deviation, order } = options;
  const { channels } = picture;
  requireMoments(options, channels);
  const at = (list: readonly number[], channel: number): number => list[channel] ?? list[0] ?? 0;
  for (let channel = 0; channel < channels; channel++) {
    const to = order === "bgr" ? channels - 1 - channel : channel;
    const work = { from: channel, to, mean: at(mean, channel), scale: 1 / at(deviation, channel), mirrored };
    normalizeChannel(picture, work, out);
  }
}

/** @throws ValueError when there are more means or deviations than one, but not one for each channel. */
export function requireMoments({ mean, deviation }: TransformOptions["normalize"], channels: number): void {
  for (const [name, list] of Object.entries({ means: mean, deviations: deviation })) {
    if (list.length === 1 || list.length === channels) continue;
    throw new ValueError({
      problem: `normalize: ${list.length} ${name} for pictures of ${channels} ${channels === 1 ? "channel" : "channels"}.`,
      fix: channels === 1 ? "pass one number, or batches with channels: 3." : `pass one number, or ${channels}.`,
    });
  }
}

interface ChannelWork {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly scale: number;
  readonly mirrored: boolean;
}

function normalizeChannel(
  { pixels, height, width, channels }: Image,
  { from: channel, to: outChannel, mean, scale, mirrored }: ChannelWork,
  out: Float32Array,
): void {
  const step = mirrored ? -channels : channels;
  const rowLength = width * channels;
  const first = outChannel + (mirrored ? rowLength - channels : 0);
  if (pixels instanceof Uint8Array) {
    // Bytes have 256 values: a table is quicker than the arithmetic.
    const table = tableOf(mean, scale);
    for (let y = 0; y < height; y++) {
      let to = first + y * rowLength;
      const end = (y + 1) * rowLength;
      for (let from = y * rowLength + channel; from < end; from += channels, to += step)
        out[to] = table[pixels[from]!]!;
    }
    return;
  }
  for (let y = 0; y < height; y++) {
    let to = first + y * rowLength;
    const end = (y + 1) * rowLength;
    for (let from = y * rowLength + channel; from < end; from += channels, to += step)
      out[to] = (pixels[from]! - mean) * scale;
  }
}

const tables = new Map<string, Float32Array>();
const MOST_TABLES = 16;

/** The same few means and deviations serve a whole run. */
function tableOf(mean: number, scale: number): Float32Array {
  const key = `${mean} ${scale}`;
  let table = tables.get(key);
  if (table === undefined) {
    if (tables.size === MOST_TABLES) tables.clear();
    table = Float32Array.from({ length: 256 }, (_, value) => (value - mean) * scale);
    tables.set(key, table);
  }
  return table;
}
