import { CACHE_LINE, roundUp } from "../../../../core/alignment.ts";
import { BYTES_PER_ELEMENT, type DType } from "../../../../core/dtype.ts";
import { sizeOf, stridesOf } from "../../../../core/shape.ts";
import { broadcastStrides } from "./broadcast.ts";
import { ELEMENTS_PER_TASK, type Launch, launch, type Placed, tasksFor } from "../../kernel.ts";

/** One dimension of a walk over two layouts; strides in elements, of any sign, 0 to read one element again and again. */
export interface Dimension {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Two layouts of the same elements, the outermost dimension first. Addresses are those of the first element. */
export interface CopyWalk {
  readonly from: number;
  readonly to: number;
  readonly dtype: DType;
  readonly dimensions: readonly Dimension[];
}

/** Elements along each side of a block that is transposed at once: 16 KiB of each layout. */
const TRANSPOSED_BLOCK = 64;

/** Copies all elements of a walk. Nothing to do is no launch. */
export function copyStrided(walk: CopyWalk): Launch[] {
  const dimensions = simplify(walk.dimensions);
  if (dimensions === null) return [];
  const bytes = BYTES_PER_ELEMENT[walk.dtype];
  const inner = dimensions.at(-1)!;
  const dense = dimensions.findIndex(({ from }) => from === 1);
  if (bytes === 4 && inner.to === 1 && inner.from !== 1 && inner.from !== 0 && dense >= 0) {
    return [transposed(walk, dimensions.toSpliced(dense, 1).slice(0, -1), inner, dimensions[dense]!)];
  }
  return [alongInner(bytes === 4 ? "stridedCopy4" : "stridedCopy1", bytes, walk, dimensions)];
}

/** Adds float32 to what is there; no element of `to` may come twice in one walk. */
export function addStrided(walk: CopyWalk): Launch[] {
  const dimensions = simplify(walk.dimensions);
  return dimensions === null ? [] : [alongInner("stridedAdd", 4, walk, dimensions)];
}

/** Copies `x` broadcast to the shape of `y`. */
export function copyBroadcast(x: Placed, y: Placed): Launch[] {
  const strides = broadcastStrides(x.shape, y.shape);
  const to = stridesOf(y.shape);
  const dimensions = y.shape.map((size, axis) => ({ size, from: strides[axis]!, to: to[axis]! }));
  return copyStrided({ from: x.address, to: y.address, dtype: x.dtype, dimensions });
}

/** Fills a tensor with one number. */
export function fillWith({ address, shape, dtype }: Placed, value: number): Launch {
  const n = sizeOf(shape);
  return launch(BYTES_PER_ELEMENT[dtype] === 4 ? "fill4" : "fill1", n === 0 ? 0 : tasksFor(n), {
    to: address,
    n,
    perTask: ELEMENTS_PER_TASK,
    value: bitsOf(value, dtype),
  });
}

/** An element's bits as a word. */
export function bitsOf(value: number, dtype: DType): number {
  if (dtype !== "float32") return Math.trunc(value);
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}

/** Without dimensions of 1, and with neighbours made one where both layouts allow it; null when there is no element. */
function simplify(dimensions: readonly Dimension[]): Dimension[] | null {
  if (dimensions.some(({ size }) => size === 0)) return null;
  const result: Dimension[] = [];
  for (const dimension of dimensions) {
    if (dimension.size === 1) continue;
    const outer = result.at(-1);
    const { size } = dimension;
    if (outer !== undefined && outer.from === dimension.from * size && outer.to === dimension.to * size) {
      result[result.length - 1] = { ...dimension, size: outer.size * size };
    } else {
      result.push(dimension);
    }
  }
  return result.length > 0 ? result : [{ size: 1, from: 1, to: 1 }];
}

function alongInner(kernel: string, bytes: number, walk: CopyWalk, dimensions: readonly Dimension[]): Launch {
  const inner = dimensions.at(-1)!;
  const outer = dimensions.slice(0, -1);
  const blocks = Math.ceil(inner.size / ELEMENTS_PER_TASK);
  const blockElements = Math.min(inner.size, ELEMENTS_PER_TASK);
  const details = {
    blocks,
    blockSize: ELEMENTS_PER_TASK,
    inner,
    columns: { size: 0, from: 0, to: 0 },
    scratchBytes: 0,
  };
  return walkLaunch(kernel, bytes, walk, outer, details, blockElements);
}

/** `rows` are dense in `to`, `columns` in `from`. */
function transposed(walk: CopyWalk, outer: readonly Dimension[], rows: Dimension, columns: Dimension): Launch {
  const blocks = Math.ceil(rows.size / TRANSPOSED_BLOCK) * Math.ceil(columns.size / TRANSPOSED_BLOCK);
  const blockElements = Math.min(rows.size, TRANSPOSED_BLOCK) * Math.min(columns.size, TRANSPOSED_BLOCK);
  const details = {
    blocks,
    blockSize: TRANSPOSED_BLOCK,
    inner: rows,
    columns,
    scratchBytes: 4 * TRANSPOSED_BLOCK ** 2,
  };
  return walkLaunch("stridedTranspose", 4, walk, outer, details, blockElements);
}

interface BlockDetails {
  readonly blocks: number;
  readonly blockSize: number;
  readonly inner: Dimension;
  readonly columns: Dimension;
  /** What a block needs. */
  readonly scratchBytes: number;
}

function walkLaunch(
  kernel: string,
  bytes: number,
  { from, to }: CopyWalk,
  outer: readonly Dimension[],
  { blocks, blockSize, inner, columns, scratchBytes }: BlockDetails,
  blockElements: number,
): Launch {
  const units = sizeOf(outer.map(({ size }) => size)) * blocks;
  const unitsPerTask = Math.max(1, Math.floor(ELEMENTS_PER_TASK / blockElements));
  const args: Record<string, number> = {
    from,
    to,
    units,
    unitsPerTask,
    blocks,
    blockSize,
    inner: inner.size,
    innerFrom: inner.from * bytes,
    innerTo: inner.to * bytes,
    columns: columns.size,
    columnsTo: columns.to * bytes,
    rank: outer.length,
  };
  for (const [axis, dimension] of outer.entries()) {
    args[`size${axis}`] = dimension.size;
    args[`from${axis}`] = dimension.from * bytes;
    args[`to${axis}`] = dimension.to * bytes;
  }
  const coordinates = roundUp(4 * outer.length, CACHE_LINE);
  return launch(kernel, Math.ceil(units / unitsPerTask), args, coordinates + scratchBytes);
}
