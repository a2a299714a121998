@unmanaged
export class OneHotArgs {
  /** [outer, inner] int32 */
  indices: usize;
  /** [outer, depth, inner] */
  y: usize;
  depth: i32;
  inner: i32;
  /** outer * depth, and how many of them a task takes. */
  units: i32;
  unitsPerTask: i32;
  /** The elements' bits. */
  on: i32;
  off: i32;
}

// @ts-ignore: decorator
@inline
function oneHot<T>(args: usize, task: i32): void {
  const a = changetype<OneHotArgs>(args);
  const first = task * a.unitsPerTask;
  const last = min(first + a.unitsPerTask, a.units);
  let to = a.y + <usize>(first * a.inner) * sizeof<T>();
  for (let unit = first; unit < last; unit++) {
    const depth = unit % a.depth;
    let at = a.indices + ((<usize>((unit / a.depth) * a.inner)) << 2);
    for (let i = 0; i < a.inner; i++, at += 4, to += sizeof<T>()) {
      store<T>(to, <T>(load<i32>(at) == depth ? a.on : a.off));
    }
  }
}

export function oneHot4(args: usize, task: i32, scratch: usize): void {
  oneHot<i32>(args, task);
}

export function oneHot1(args: usize, task: i32, scratch: usize): void {
  oneHot<u8>(args, task);
}
