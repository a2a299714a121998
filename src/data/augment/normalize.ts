import { ShapeError } from "../../core/errors.ts";
import type { Image } from "../image.ts";
import type { TransformOptions } from "./transform.ts";

/** Writes (value - mean) / deviation of every channel into `out`, `[height, width, channels]`. */
export function normalizeInto(picture: Image, { mean, deviation, order }: TransformOptions["normalize"], out: Float32Array): void {
  const { pixels, channels } = picture;
  for (const list of [mean, deviation]) {
    if (list.length === 1 || list.length === channels) continue;
    throw new ShapeError({
      problem: `normalize: ${list.length} means or deviations for pictures of ${channels} channels.`,
      fix: `pass one number, or ${channels}.`,
    });
  }
  for (let channel = 0; channel < channels; channel++) {
    const center = mean[channel] ?? mean[0] ?? 0;
    const scale = 1 / (deviation[channel] ?? deviation[0] ?? 1);
    const to = order === "bgr" ? channels - 1 - channel : channel;
    const offset = to - channel;
    for (let at = channel; at < pixels.length; at += channels) out[at + offset] = (pixels[at]! - center) * scale;
  }
}
