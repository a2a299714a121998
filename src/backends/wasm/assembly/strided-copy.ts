/**
 * One walk over many strides: copies, and additions, between two layouts of the same elements. Transposing, slicing,
 * reversing, broadcasting, tiling, padding, concatenating and splitting are all this, with other strides.
 */

import { transpose } from "./pack";
import { copy } from "./simd";

@unmanaged
export class StridedArgs {
  /** Addresses of the first element in each layout. */
  from: usize;
  to: usize;
  /** All units of work, and how many a task takes. A unit is one block of the inner dimensions. */
  units: i32;
  unitsPerTask: i32;
  /** Blocks that the inner dimensions are cut into, and how many elements (along each of them) a block has. */
  blocks: i32;
  blockSize: i32;
  /** The innermost dimension: elements, and bytes from one to the next in each layout (any sign, 0 to repeat). */
  inner: i32;
  innerFrom: i32;
  innerTo: i32;
  /** A transposition's other dimension, dense in `from`: elements, and bytes from one to the next in `to`. */
  columns: i32;
  columnsTo: i32;
  /** Number of `OuterDimension`s that follow, the outermost first. */
  rank: i32;
}

@unmanaged
class OuterDimension {
  size: i32;
  /** Bytes from one element to the next in each layout. */
  from: i32;
  to: i32;
}

/** What is done with a block; `from` and `to` are where the inner dimensions begin, `scratch` is free. */
abstract class Block {
  abstract run(args: StridedArgs, block: i32, from: usize, to: usize, scratch: usize): void;
}

/** Visits a task's units. `scratch`: the coordinates, and from the next cache line on what the blocks need. */
function walk<B extends Block>(args: usize, task: i32, scratch: usize): void {
  const a = changetype<StridedArgs>(args);
  const dimensions = args + offsetof<StridedArgs>();
  let unit = task * a.unitsPerTask;
  const end = min(unit + a.unitsPerTask, a.units);
  const free = scratch + (((((<usize>a.rank) << 2) + 63) >> 6) << 6);
  let block = unit % a.blocks;
  let rest = unit / a.blocks;
  let from = a.from;
  let to = a.to;
  for (let axis = a.rank - 1; axis >= 0; axis--) {
    const dimension = changetype<OuterDimension>(dimensions + <usize>axis * offsetof<OuterDimension>());
    const at = rest % dimension.size;
    rest /= dimension.size;
    store<i32>(scratch + ((<usize>axis) << 2), at);
    // Strides may be negative: addresses wrap around as they should.
    from += <usize>(at * dimension.from);
    to += <usize>(at * dimension.to);
  }
  for (; unit < end; unit++) {
    changetype<B>(0).run(a, block, from, to, free);
    if (++block < a.blocks) continue;
    block = 0;
    for (let axis = a.rank - 1; axis >= 0; axis--) {
      const dimension = changetype<OuterDimension>(dimensions + <usize>axis * offsetof<OuterDimension>());
      const coordinate = scratch + ((<usize>axis) << 2);
      const next = load<i32>(coordinate) + 1;
      from += <usize>dimension.from;
      to += <usize>dimension.to;
      if (next < dimension.size) {
        store<i32>(coordinate, next);
        break;
      }
      store<i32>(coordinate, 0);
      from -= <usize>(dimension.size * dimension.from);
      to -= <usize>(dimension.size * dimension.to);
    }
  }
}

/** Copies 4-byte elements along the innermost dimension. */
class Copy4 extends Block {
  run(args: StridedArgs, block: i32, from: usize, to: usize, scratch: usize): void {
    const begin = block * args.blockSize;
    const count = min(args.blockSize, args.inner - begin);
    const fromStep = <usize>args.innerFrom;
    const toStep = <usize>args.innerTo;
    from += <usize>begin * fromStep;
    to += <usize>begin * toStep;
    if (toStep == 4) {
      if (fromStep == 4) {
        copy(from, to, count);
        return;
      }
      if (fromStep == 0) {
        fillWords(to, load<i32>(from), count);
        return;
      }
    }
    for (let i = 0; i < count; i++, from += fromStep, to += toStep) store<i32>(to, load<i32>(from));
  }
}

/** Copies bytes along the innermost dimension. */
class Copy1 extends Block {
  run(args: StridedArgs, block: i32, from: usize, to: usize, scratch: usize): void {
    const begin = block * args.blockSize;
    const count = min(args.blockSize, args.inner - begin);
    const fromStep = <usize>args.innerFrom;
    const toStep = <usize>args.innerTo;
    from += <usize>begin * fromStep;
    to += <usize>begin * toStep;
    if (toStep == 1 && fromStep == 1) {
      memory.copy(to, from, <usize>count);
      return;
    }
    for (let i = 0; i < count; i++, from += fromStep, to += toStep) store<u8>(to, load<u8>(from));
  }
}

/** Adds float32 along the innermost dimension to what is there. */
class Add4 extends Block {
  run(args: StridedArgs, block: i32, from: usize, to: usize, scratch: usize): void {
    const begin = block * args.blockSize;
    const count = min(args.blockSize, args.inner - begin);
    const fromStep = <usize>args.innerFrom;
    const toStep = <usize>args.innerTo;
    from += <usize>begin * fromStep;
    to += <usize>begin * toStep;
    let i = 0;
    if (fromStep == 4 && toStep == 4) {
      for (; i <= count - 8; i += 8, from += 32, to += 32) {
        const low = f32x4.add(v128.load(to), v128.load(from));
        const high = f32x4.add(v128.load(to, 16), v128.load(from, 16));
        v128.store(to, low);
        v128.store(to, high, 16);
      }
    }
    for (; i < count; i++, from += fromStep, to += toStep) store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}

/** Elements of a cache line. */
const LINE: i32 = 16;

/**
 * Transposes 4-byte elements: `inner` is dense in `to`, `columns` is dense in `from`. A block is transposed into scratch
 * memory and copied from there, so that long runs are written: rows of `to` often lie a power of two apart, where a cache
 * keeps few of them.
 */
class Transpose4 extends Block {
  run(args: StridedArgs, block: i32, from: usize, to: usize, scratch: usize): void {
    const size = args.blockSize;
    const across = (args.columns + size - 1) / size;
    const firstRow = (block / across) * size;
    const firstColumn = (block % across) * size;
    const rows = min(size, args.inner - firstRow);
    const columns = min(size, args.columns - firstColumn);
    const fromPitch = <usize>args.innerFrom;
    const toPitch = <usize>args.columnsTo;
    const pitch = (<usize>size) << 2;
    from += <usize>firstRow * fromPitch + ((<usize>firstColumn) << 2);
    to += <usize>firstColumn * toPitch + ((<usize>firstRow) << 2);
    for (let row = 0; row < rows; row += LINE) {
      const source = from + <usize>row * fromPitch;
      transpose(source, fromPitch, scratch + ((<usize>row) << 2), pitch, min(LINE, rows - row), columns);
    }
    for (let column = 0; column < columns; column++, to += toPitch, scratch += pitch) copy(scratch, to, rows);
  }
}

export function stridedCopy4(args: usize, task: i32, scratch: usize): void {
  walk<Copy4>(args, task, scratch);
}

export function stridedCopy1(args: usize, task: i32, scratch: usize): void {
  walk<Copy1>(args, task, scratch);
}

export function stridedAdd(args: usize, task: i32, scratch: usize): void {
  walk<Add4>(args, task, scratch);
}

export function stridedTranspose(args: usize, task: i32, scratch: usize): void {
  walk<Transpose4>(args, task, scratch);
}

/** Sets `count` words at `to`. */
function fillWords(to: usize, word: i32, count: i32): void {
  const words = i32x4.splat(word);
  let i = 0;
  for (; i <= count - 8; i += 8, to += 32) {
    v128.store(to, words);
    v128.store(to, words, 16);
  }
  for (; i < count; i++, to += 4) store<i32>(to, word);
}

@unmanaged
export class FillArgs {
  /** [n] 4-byte elements or bytes */
  to: usize;
  n: i32;
  perTask: i32;
  /** The element's bits. */
  value: i32;
}

export function fill4(args: usize, task: i32, scratch: usize): void {
  const a = changetype<FillArgs>(args);
  const begin = task * a.perTask;
  fillWords(a.to + ((<usize>begin) << 2), a.value, min(a.perTask, a.n - begin));
}

export function fill1(args: usize, task: i32, scratch: usize): void {
  const a = changetype<FillArgs>(args);
  const begin = task * a.perTask;
  memory.fill(a.to + <usize>begin, <u8>a.value, <usize>min(a.perTask, a.n - begin));
}
