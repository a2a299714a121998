import { ShapeError } from "../../core/errors.ts";
import type { Image } from "../image.ts";
import type { TransformOptions } from "./transform.ts";

/** Writes (value - mean) / deviation of every channel into `out`, `[height, width, channels]`. */
export function normalizeInto(
  picture: Image,
  { mean, deviation, order }: TransformOptions["normalize"],
  out: Float32Array,
): void {
  const { pixels, channels } = picture;
  for (const list of [mean, deviation]) {
    if (list.length === 1 || list.length === channels) continue;
    throw new ShapeError({
      problem: `normalize: ${list.length} means or deviations for pictures of ${channels} channels.`,
      fix: `pass one number, or ${channels}.`,
    });
  }
  const at = (list: readonly number[], channel: number): number => list[channel] ?? list[0] ?? 0;
  if (pixels instanceof Uint8Array) {
    // Bytes have 256 values: a table a channel is quicker than the arithmetic.
    for (let channel = 0; channel < channels; channel++) {
      const table = tableOf(at(mean, channel), at(deviation, channel));
      const offset = order === "bgr" ? channels - 1 - 2 * channel : 0;
      for (let from = channel; from < pixels.length; from += channels) out[from + offset] = table[pixels[from]!]!;
    }
    return;
  }
  for (let channel = 0; channel < channels; channel++) {
    const center = at(mean, channel);
    const scale = 1 / at(deviation, channel);
    const offset = order === "bgr" ? channels - 1 - 2 * channel : 0;
    for (let from = channel; from < pixels.length; from += channels)
      out[from + offset] = (pixels[from]! - center) * scale;
  }
}

function tableOf(mean: number, deviation: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value - mean) * (1 / deviation));
}
