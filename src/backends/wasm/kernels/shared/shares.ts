/** Arithmetic of dividing work. */

import { roundUp } from "../../../../core/alignment.ts";

/** The largest of equal parts of `size`, none above `most`, rounded up to `unit`. */
export function share(size: number, most: number, unit: number): number {
  return roundUp(Math.ceil(size / Math.max(1, Math.ceil(size / most))), unit);
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
