import type { MatMulGeometry } from "../../../../ops/mat-mul.ts";
import { roundUp } from "../../../../core/alignment.ts";
import { clamp, share } from "./shares.ts";

/** A product as the kernels see it: one launch, matrices a fixed number of float32 apart (0: the same one each time). */
export interface Product {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly aBatchStride: number;
  readonly bBatchStride: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** How a product is divided. Functions of shapes alone, so that results do not depend on the number of threads. */
export interface ProductTasks {
  readonly kernel: "matMul" | "matMulTiny" | "matMulSkinny" | "matMulSkinnyTransposed";
  readonly tasks: number;
  readonly rowsPerTask: number;
  readonly columnsPerTask: number;
  /** Parts of the sum over inner, each with a result of its own in the workspace. */
  readonly splits: number;
  readonly stretch: number;
  /** The right side is packed once by a launch of its own. */
  readonly packed: boolean;
  readonly scratchBytes: number;
  readonly workspaceBytes: number;
}

/** Columns of a panel of the micro-kernel. */
const PANEL = 16;
/** Rows of a tile of the micro-kernel. */
const TILE_ROWS = 6;
/** Multiply-adds below which packing costs more than it saves. */
const TINY = 4096;
/** Rows up to which reading the right side as it lies beats packing it. */
const SKINNY_ROWS = 4;
/** Elements of the right side that repay a task when reading it is the work: 512 KiB. */
const ELEMENTS_PER_TASK = 131072;
/** Tasks wanted, so that up to that many workers end together. */
const TASKS = 16;
/** Steps of inner at a time, at most: a panel's part of 64 KiB. */
const LONGEST_STRETCH = 1024;
/** Elements of the left side that a task keeps in the second-level cache: 270 KB, see docs/performance.md. */
const LEFT_ELEMENTS = 66 * 1024;
/** Rows above which several tasks need the same columns of the right side, so that it is packed once for all. */
const PACK_ROWS = 128;

export function productTasks(product: Product): ProductTasks {
  const { batch, rows, columns, inner, transposeA, transposeB } = product;
  if (inner === 0 || rows * columns * inner <= TINY) return unpacked("matMulTiny", batch, {});
  if (rows <= SKINNY_ROWS && !transposeA) {
    if (transposeB) {
      const columnsPerTask = clamp(Math.ceil(ELEMENTS_PER_TASK / inner), 1, columns);
      return unpacked("matMulSkinnyTransposed", batch * Math.ceil(columns / columnsPerTask), { columnsPerTask });
    }
    if (columns >= PANEL) {
      const splits = clamp(
        Math.floor((inner * columns) / ELEMENTS_PER_TASK),
        1,
        Math.min(32, Math.ceil(inner / PANEL)),
      );
      return unpacked("matMulSkinny", splits * batch, { splits, workspaceBytes: partialBytes(product, splits) });
    }
  }
  return rows > PACK_ROWS ? packedOnce(product) : packedByTask(product);
}

function unpacked(kernel: ProductTasks["kernel"], tasks: number, chosen: Partial<ProductTasks>): ProductTasks {
  const none = { rowsPerTask: 1, columnsPerTask: 1, splits: 1, stretch: 1, packed: false };
  return { ...none, scratchBytes: 0, workspaceBytes: 0, kernel, tasks, ...chosen };
}

/**
 * Many rows. A task's part of the left side stays in half of a second-level cache, for all of inner where that is possible: then
 * every result is written once and never read. The right side, packed once, passes by.
 */
function packedOnce({ batch, rows, columns, inner, bBatchStride }: Product): ProductTasks {
  const stretch = evenStretch(inner);
  let columnsPerTask = share(columns, 512, PANEL);
  let rowsPerTask = share(rows, clamp(Math.floor(LEFT_ELEMENTS / stretch), 66, 1056), TILE_ROWS);
  const tasks = (): number => batch * Math.ceil(rows / rowsPerTask) * Math.ceil(columns / columnsPerTask);
  while (tasks() < TASKS && rowsPerTask > 132) rowsPerTask = roundUp(rowsPerTask / 2, TILE_ROWS);
  while (tasks() < TASKS && columnsPerTask > 128) columnsPerTask = roundUp(columnsPerTask / 2, PANEL);
  while (tasks() < TASKS && rowsPerTask > 36) rowsPerTask = roundUp(rowsPerTask / 2, TILE_ROWS);
  return {
    kernel: "matMul",
    tasks: tasks(),
    rowsPerTask,
    columnsPerTask,
    splits: 1,
    stretch,
    packed: true,
    scratchBytes: scratchBytes(Math.min(rows, rowsPerTask), stretch),
    // Panels an odd number of lines apart.
    workspaceBytes: (bBatchStride === 0 ? 1 : batch) * Math.ceil(columns / PANEL) * (inner | 1) * PANEL * 4,
  };
}

/** Steps of inner at a time: equal parts of at most 1,024. */
function evenStretch(inner: number): number {
  return Math.ceil(inner / Math.ceil(inner / LONGEST_STRETCH));
}

/**
 * Few rows: reading the right side is half of the work. One task has all rows, so it is read once; it is read in rows as long
 * as possible, which the prefetcher follows; the sum over inner is split to make tasks.
 */
function packedByTask(product: Product): ProductTasks {
  const { batch, rows, columns, inner, transposeB } = product;
  const rowsPerTask = roundUp(rows, TILE_ROWS);
  const widest = transposeB ? 64 : rows <= 48 ? 4096 : 1024;
  const columnsPerTask = share(columns, widest, PANEL);
  const stretch = Math.min(inner, transposeB ? 1024 : columnsPerTask > 1024 ? 128 : 256);
  const blocks = batch * Math.ceil(columns / columnsPerTask);
  const splits = clamp(Math.ceil(TASKS / blocks), 1, Math.max(1, Math.floor(inner / 256)));
  const packedColumns = Math.min(roundUp(columns, PANEL), columnsPerTask);
  return {
    kernel: "matMul",
    tasks: splits * blocks,
    rowsPerTask,
    columnsPerTask,
    splits,
    stretch,
    packed: false,
    scratchBytes: scratchBytes(rows, stretch) + (4 * stretch + 4) * packedColumns,
    workspaceBytes: partialBytes(product, splits),
  };
}

/** The formula at `matMul` in assembly/matmul.ts: the block, addresses, and the packed left side. */
function scratchBytes(rows: number, stretch: number): number {
  return 1024 + 64 + 8 * rows + (24 * stretch + 128) * Math.ceil(rows / TILE_ROWS);
}

function partialBytes({ batch, rows, columns }: Product, splits: number): number {
  return splits === 1 ? 0 : 4 * splits * batch * rows * columns;
}

/** The products to launch: one, where the matrices of both sides lie evenly apart, else one for each matrix of the batch. */
export function productsOf(
  geometry: MatMulGeometry,
  transposeA: boolean,
  transposeB: boolean,
): readonly { readonly product: Product; readonly a: number; readonly b: number; readonly y: number }[] {
  const { rows, columns, inner, batch, matricesOfA, matricesOfB } = geometry;
  const common = { rows, columns, inner, transposeA, transposeB };
  const aStep = evenStep(matricesOfA);
  const bStep = evenStep(matricesOfB);
  if (aStep === null || bStep === null) {
    return matricesOfA.map((a, index) => ({
      product: { ...common, batch: 1, aBatchStride: 0, bBatchStride: 0 },
      a: a * rows * inner * 4,
      b: matricesOfB[index]! * inner * columns * 4,
      y: index * rows * columns * 4,
    }));
  }
  const none = { a: 0, b: 0, y: 0 };
  // The same right side for every matrix of the left: one tall product.
  if (bStep === 0 && aStep === 1 && !transposeA) {
    return [{ product: { ...common, batch: 1, rows: batch * rows, aBatchStride: 0, bBatchStride: 0 }, ...none }];
  }
  return [
    {
      product: { ...common, batch, aBatchStride: aStep * rows * inner, bBatchStride: bStep * inner * columns },
      ...none,
    },
  ];
}

/** 0 when all matrices are the first one, 1 when they are 0, 1, 2, ..., null otherwise. */
function evenStep(matrices: readonly number[]): 0 | 1 | null {
  if (matrices.every((matrix) => matrix === 0)) return 0;
  return matrices.every((matrix, index) => matrix === index) ? 1 : null;
}
