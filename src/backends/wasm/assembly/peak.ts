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
  // Loaded, so that the compiler cannot know them; the pairs 16 bytes apart become 256-bit registers.
  const xl = v128.load(y);
  const xh = v128.load(y, 16);
  let l0 = f32x4.splat(0),
    h0 = f32x4.splat(0);
  let l1 = f32x4.splat(1),
    h1 = f32x4.splat(1);
  let l2 = f32x4.splat(2),
    h2 = f32x4.splat(2);
  let l3 = f32x4.splat(3),
    h3 = f32x4.splat(3);
  let l4 = f32x4.splat(4),
    h4 = f32x4.splat(4);
  let l5 = f32x4.splat(5),
    h5 = f32x4.splat(5);
  let l6 = f32x4.splat(6),
    h6 = f32x4.splat(6);
  let l7 = f32x4.splat(7),
    h7 = f32x4.splat(7);
  let l8 = f32x4.splat(8),
    h8 = f32x4.splat(8);
  let l9 = f32x4.splat(9),
    h9 = f32x4.splat(9);
  let l10 = f32x4.splat(10),
    h10 = f32x4.splat(10);
  let l11 = f32x4.splat(11),
    h11 = f32x4.splat(11);
  for (let round = g.rounds; round > 0; round--) {
    l0 = madd(xl, xl, l0);
    h0 = madd(xh, xh, h0);
    l1 = madd(xl, xl, l1);
    h1 = madd(xh, xh, h1);
    l2 = madd(xl, xl, l2);
    h2 = madd(xh, xh, h2);
    l3 = madd(xl, xl, l3);
    h3 = madd(xh, xh, h3);
    l4 = madd(xl, xl, l4);
    h4 = madd(xh, xh, h4);
    l5 = madd(xl, xl, l5);
    h5 = madd(xh, xh, h5);
    l6 = madd(xl, xl, l6);
    h6 = madd(xh, xh, h6);
    l7 = madd(xl, xl, l7);
    h7 = madd(xh, xh, h7);
    l8 = madd(xl, xl, l8);
    h8 = madd(xh, xh, h8);
    l9 = madd(xl, xl, l9);
    h9 = madd(xh, xh, h9);
    l10 = madd(xl, xl, l10);
    h10 = madd(xh, xh, h10);
    l11 = madd(xl, xl, l11);
    h11 = madd(xh, xh, h11);
  }
  l0 = f32x4.add(l0, l1);
  h0 = f32x4.add(h0, h1);
  l0 = f32x4.add(l0, l2);
  h0 = f32x4.add(h0, h2);
  l0 = f32x4.add(l0, l3);
  h0 = f32x4.add(h0, h3);
  l0 = f32x4.add(l0, l4);
  h0 = f32x4.add(h0, h4);
  l0 = f32x4.add(l0, l5);
  h0 = f32x4.add(h0, h5);
  l0 = f32x4.add(l0, l6);
  h0 = f32x4.add(h0, h6);
  l0 = f32x4.add(l0, l7);
  h0 = f32x4.add(h0, h7);
  l0 = f32x4.add(l0, l8);
  h0 = f32x4.add(h0, h8);
  l0 = f32x4.add(l0, l9);
  h0 = f32x4.add(h0, h9);
  l0 = f32x4.add(l0, l10);
  h0 = f32x4.add(h0, h10);
  l0 = f32x4.add(l0, l11);
  h0 = f32x4.add(h0, h11);
  v128.store(y, l0);
  v128.store(y, h0, 16);
}
