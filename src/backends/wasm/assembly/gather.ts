import { storePair, zero } from "./simd";

@unmanaged
export class GatherArgs {
  /** [outer, rows, inner] */
  params: usize;
  /** [count] int32 */
  indices: usize;
  /** [outer, count, inner] */
  y: usize;
  rows: i32;
  count: i32;
  /** Bytes of a row. */
  bytes: i32;
  /** outer * count, and how many of them a task takes. */
  units: i32;
  unitsPerTask: i32;
}

/** Copies the rows that the indices name, of any element type; zeros for an index outside. */
export function gather(args: usize, task: i32, scratch: usize): void {
  const a = changetype<GatherArgs>(args);
  const first = task * a.unitsPerTask;
  const last = min(first + a.unitsPerTask, a.units);
  const bytes = <usize>a.bytes;
  for (let unit = first; unit < last; unit++) {
    const index = load<i32>(a.indices + ((<usize>(unit % a.count)) << 2));
    const to = a.y + <usize>unit * bytes;
    const row = <usize>((unit / a.count) * a.rows + index);
    if (<u32>index >= <u32>a.rows) memory.fill(to, 0, bytes);
    else if (bytes == 4) store<i32>(to, load<i32>(a.params + (row << 2)));
    else memory.copy(to, a.params + row * bytes, bytes);
  }
}

@unmanaged
export class GatherGradArgs {
  /** [outer, count, inner] */
  dy: usize;
  /** [count] int32 */
  indices: usize;
  /** [outer, rows, inner] */
  dx: usize;
  rows: i32;
  count: i32;
  inner: i32;
  /** Rows of dx that a task writes, and how many such blocks an outer element has. */
  rowsPerTask: i32;
  blocks: i32;
}

/** Each task owns some rows of dx, looks through all indices, and adds what belongs to its rows in their order. */
export function gatherGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<GatherGradArgs>(args);
  const outer = task / a.blocks;
  const first = (task % a.blocks) * a.rowsPerTask;
  const rows = min(a.rowsPerTask, a.rows - first);
  const bytes = (<usize>a.inner) << 2;
  const dx = a.dx + <usize>(outer * a.rows + first) * bytes;
  let dy = a.dy + <usize>(outer * a.count) * bytes;
  zero(dx, rows * a.inner);
  for (let i = 0; i < a.count; i++, dy += bytes) {
    const row = load<i32>(a.indices + ((<usize>i) << 2)) - first;
    if (<u32>row < <u32>rows) addRow(dy, dx + <usize>row * bytes, a.inner);
  }
}

/** to += from, `count` float32. */
function addRow(from: usize, to: usize, count: i32): void {
  let i = 0;
  for (; i <= count - 8; i += 8, from += 32, to += 32) {
    const low = f32x4.add(v128.load(to), v128.load(from));
    const high = f32x4.add(v128.load(to, 16), v128.load(from, 16));
    storePair(to, low, high);
  }
  for (; i < count; i++, from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}
