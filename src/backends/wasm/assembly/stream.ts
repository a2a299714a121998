/** Memory bandwidth, after McCalpin's STREAM. */

import { madd, storePair } from "./simd";

@unmanaged
export class StreamArgs {
  /** float32[count]; count is a multiple of 8 * tasks */
  a: usize;
  b: usize;
  c: usize;
  count: i32;
  tasks: i32;
}

/** a[i] = b[i] + 3 c[i]: 12 bytes an element by STREAM's count, 16 with the read that precedes a write. */
export function streamTriad(args: usize, task: i32, scratch: usize): void {
  const g = changetype<StreamArgs>(args);
  const part = (<usize>(g.count / g.tasks)) << 2;
  let at = part * <usize>task;
  const end = at + part;
  const three = f32x4.splat(3);
  for (; at < end; at += 32) {
    const low = madd(three, v128.load(g.c + at), v128.load(g.b + at));
    const high = madd(three, v128.load(g.c + at, 16), v128.load(g.b + at, 16));
    storePair(g.a + at, low, high);
  }
}

/** a[i] = b[i]: 8 bytes an element by STREAM's count. */
export function streamCopy(args: usize, task: i32, scratch: usize): void {
  const g = changetype<StreamArgs>(args);
  const part = (<usize>(g.count / g.tasks)) << 2;
  const from = g.b + part * <usize>task;
  const to = g.a + part * <usize>task;
  for (let at: usize = 0; at < part; at += 32) {
    const low = v128.load(from + at);
    const high = v128.load(from + at, 16);
    storePair(to + at, low, high);
  }
}
