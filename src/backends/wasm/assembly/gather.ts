import { storePair, zero } from "./simd";

@unmanaged
export class GatherArgs {
  /** [batch, outer, rows, inner] */
  params: usize;
  /** [batch, count] int32 */
  indices: usize;
  /** [batch, outer, count, inner] */
  y: usize;
  outer: i32;
  rows: i32;
  count: i32;
  /** Bytes of a row. */
  bytes: i32;
  /** batch * outer * count, and how many of them a task takes. */
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
    const slice = unit / a.count;
    const index = load<i32>(a.indices + ((<usize>((slice / a.outer) * a.count + (unit % a.count))) << 2));
    const to = a.y + <usize>unit * bytes;
    const row = <usize>(slice * a.rows + index);
    if (<u32>index >= <u32>a.rows) memory.fill(to, 0, bytes);
    else if (bytes == 4) store<i32>(to, load<i32>(a.params + (row << 2)));
    else memory.copy(to, a.params + row * bytes, bytes);
  }
}

@unmanaged
export class GatherGradArgs {
  /** [batch, outer, count, inner] */
  dy: usize;
  /** [batch, count] int32 */
  indices: usize;
  /** [batch, outer, rows, inner] */
  dx: usize;
  outer: i32;
  rows: i32;
  count: i32;
  inner: i32;
  /** Rows of dx in a block, and how many such blocks a slice [rows, inner] has. */
  rowsPerBlock: i32;
  blocks: i32;
  /** batch * outer * blocks, and how many of them a task takes. */
  units: i32;
  unitsPerTask: i32;
}

/** Each task owns some blocks of dx. */
export function gatherGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<GatherGradArgs>(args);
  const last = min((task + 1) * a.unitsPerTask, a.units);
  for (let unit = task * a.unitsPerTask; unit < last; unit++) gatherBlock(a, unit / a.blocks, unit % a.blocks);
}

/** Looks through all indices and adds what belongs to the block's rows, in their order. */
function gatherBlock(a: GatherGradArgs, slice: i32, block: i32): void {
  const first = block * a.rowsPerBlock;
  const rows = min(a.rowsPerBlock, a.rows - first);
  const bytes = (<usize>a.inner) << 2;
  const dx = a.dx + <usize>(slice * a.rows + first) * bytes;
  let dy = a.dy + <usize>(slice * a.count) * bytes;
  let index = a.indices + ((<usize>((slice / a.outer) * a.count)) << 2);
  zero(dx, rows * a.inner);
  for (let i = 0; i < a.count; i++, dy += bytes, index += 4) {
    const row = load<i32>(index) - first;
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
