import { type ConcreteShape, sizeOf } from "../../../../core/shape.ts";
import { ELEMENTS_PER_TASK } from "../../kernel.ts";

/** A tensor as a matrix: everything but the last axis is rows. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
}

export function rowsOf(shape: ConcreteShape): Rows {
  return { rows: sizeOf(shape.slice(0, -1)), columns: shape.at(-1) ?? 1 };
}

/** How many whole rows a task takes, and how many tasks there are: from the shape alone. */
export function splitRows(
  { rows, columns }: Rows,
  elementsPerTask: number = ELEMENTS_PER_TASK,
): { readonly rowsPerTask: number; readonly tasks: number } {
  const rowsPerTask = Math.max(1, Math.floor(elementsPerTask / Math.max(1, columns)));
  return { rowsPerTask, tasks: Math.ceil(rows / rowsPerTask) };
}

/** Columns that one task of a kernel down the columns takes; the kernels that combine have the same number. */
const COLUMNS_PER_TASK = 256;

/** How sums down the columns are cut: into chunks of rows, each added up by itself, and those into blocks of columns. */
export interface ColumnSplit {
  readonly rowsPerChunk: number;
  readonly chunks: number;
  readonly columnsPerTask: number;
  /** Tasks for all chunks and blocks. */
  readonly tasks: number;
  /** Tasks that put the chunks together. */
  readonly combiningTasks: number;
}

/** Chunks of at most 512 rows, for many tasks; at least 64, so that the chunks' results stay small against the input. */
export function splitColumns({ rows, columns }: Rows): ColumnSplit {
  const columnsPerTask = Math.max(1, Math.min(columns, COLUMNS_PER_TASK));
  const rowsPerChunk = Math.min(512, Math.max(64, Math.floor(ELEMENTS_PER_TASK / columnsPerTask)));
  const chunks = Math.ceil(rows / rowsPerChunk);
  const blocks = Math.ceil(columns / columnsPerTask);
  return { rowsPerChunk, chunks, columnsPerTask, tasks: chunks * blocks, combiningTasks: blocks };
}

/** Scratch of a kernel that keeps `sums` rows of float32 for its columns. */
export function columnScratchBytes(columnsPerTask: number, sums: number): number {
  return columnsPerTask * sums * 4;
}
