/** What the core itself can do, for shares of peak. */

import { madd } from "./simd";

@unmanaged
export class PeakArgs {
  /** Rounds of the loop; each is 12 * 8 multiply-adds = 192 floating-point operations. */
  rounds: i32;
  /** float32[8], receives the sums so that nothing is optimised away */
  y: usize;
}

/** Twelve independent chains of 8-wide multiply-adds in registers: enough to hide 4 cycles of latency on 2 units. */
export function peak(args: usize, task: i32, scratch: usize): void {
  const g = changetype<PeakArgs>(args);
  const y = g.y;
  const x = new StaticArray<v128>(2);
  // Loaded, so that the compiler cannot know them; the halves 16 bytes apart become 256-bit registers.
  for (const h of [0, 1]) x[h] = v128.load(y, h * 16);
  const sums = new StaticArray<StaticArray<v128>>(12);
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) for (const h of [0, 1]) sums[i][h] = f32x4.splat(<f32>i);
  for (let round = g.rounds; round > 0; round--) {
    for (const i of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      for (const h of [0, 1]) sums[i][h] = madd(x[h], x[h], sums[i][h]);
  }
  for (const i of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    for (const h of [0, 1]) sums[0][h] = f32x4.add(sums[0][h], sums[i][h]);
  for (const h of [0, 1]) v128.store(y, sums[0][h], h * 16);
}
