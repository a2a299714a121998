/**
 * A strip: the part of one image that a few output rows read, as rows of pixels that the micro-kernel can walk without a test.
 *
 * Reading the image in place is free but only possible without padding. Else the strip is a copy with zeros around it, made in
 * the task's scratch: one copy an element instead of the one per filter position that a full im2col makes.
 */

import { copy, zero } from "./simd";

/** Where and how the copy is made; x is one image, `[inHeight][inWidth][channels]`. */
@unmanaged
export class Strip {
  /** Address of the image's first channel to read. */
  x: usize;
  inHeight: i32;
  inWidth: i32;
  /** float32 from pixel to pixel of x. */
  channels: i32;
  /** Channels to copy, from each pixel's first. */
  take: i32;
  /** First image row and column, negative in the padding; sizes of the strip. */
  top: i32;
  left: i32;
  height: i32;
  width: i32;
  /** The copy, `[height][width][pitch]`; floats between `take` and `pitch` are left as they are. */
  to: usize;
  pitch: i32;
}

/**
 * float32 from pixel to pixel of a copy with `take` channels: an odd number of 64-byte lines, so that neighbouring pixels spread
 * over all sets of the cache (at 4,096 bytes a product runs at 40 % of its speed). Under 16 channels pixels stay dense.
 */
export function stripPitch(take: i32): i32 {
  if (take < 16) return take;
  return (((take + 15) >> 4) | 1) << 4;
}

/** Copies the strip, zeros where it leaves the image. */
export function copyStrip(s: Strip): void {
  const pitch = s.pitch;
  const pixel = (<usize>s.channels) << 2;
  const before = min(s.width, max(0, -s.left));
  const end = max(before, min(s.width, s.inWidth - s.left));
  const dense = pitch == s.channels && s.take == s.channels;
  let to = s.to;
  for (let row = 0; row < s.height; row++) {
    const y = s.top + row;
    if (y < 0 || y >= s.inHeight) {
      zero(to, s.width * pitch);
      to += (<usize>(s.width * pitch)) << 2;
      continue;
    }
    zero(to, before * pitch);
    to += (<usize>(before * pitch)) << 2;
    let from = s.x + <usize>(y * s.inWidth + s.left + before) * pixel;
    if (dense) {
      const count = (end - before) * pitch;
      copy(from, to, count);
      to += (<usize>count) << 2;
    } else {
      for (let column = before; column < end; column++) {
        copy(from, to, s.take);
        from += pixel;
        to += (<usize>pitch) << 2;
      }
    }
    const after = (s.width - end) * pitch;
    zero(to, after);
    to += (<usize>after) << 2;
  }
}
