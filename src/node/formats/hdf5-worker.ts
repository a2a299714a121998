/** Reads HDF5 files, one after the other, in a thread of their own: see `hdf5.ts`. */
import { parentPort } from "node:worker_threads";
import type { Dataset, Group } from "h5wasm";
import type * as H5Wasm from "h5wasm";
import { FormatError } from "../../core/errors.ts";
import { byteLengthOf } from "../../data/formats/element-type.ts";
import { malformed, quoted } from "../../data/formats/malformed.ts";

/** What the thread answers. */
export type Hdf5Answer =
  | { readonly arrays: readonly Hdf5Array[] }
  | { readonly problem: string; readonly fix: string | undefined };

export interface Hdf5Array {
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** Objects of a file of weights: a VGG19 has about a hundred. More than these only serve to keep us busy. */
const MAX_OBJECTS = 100_000;
const MAX_DEPTH = 32;

/** What deflate can make of a byte; other filters of HDF5 make less. */
const MAX_RATIO = 1032;

/** Datasets of these types (h5wasm's codes) are numbers; strings and the like are left out. */
const FLOAT = /^[<>]?(?:e|f|d)$/;

const PATH = "weights.h5";

async function answer(bytes: Uint8Array): Promise<Hdf5Answer> {
  const library = await import("h5wasm");
  const module = await library.ready;
  // Errors are thrown instead of printed.
  module.activate_throwing_error_handler();
  try {
    module.FS.writeFile(PATH, bytes);
    return { arrays: readAll(library, bytes.length) };
  } catch (cause) {
    // What the library itself throws says only that something is wrong in its depths.
    const { problem, fix } = cause instanceof FormatError ? cause : malformed("hdf5", "the file is damaged.");
    return { problem, fix };
  } finally {
    // The library keeps what a damaged file left open; the next file under this name is another to it.
    module.FS.unlink(PATH);
  }
}

function readAll(library: typeof H5Wasm, fileSize: number): Hdf5Array[] {
  const arrays: Hdf5Array[] = [];
  let objects = 0;
  const walk = (group: Group, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw malformed("hdf5", `its groups are nested deeper than ${MAX_DEPTH} levels.`);
    for (const key of group.keys()) {
      if (++objects > MAX_OBJECTS) throw malformed("hdf5", `it has more than ${MAX_OBJECTS} objects.`);
      const item = group.get(key);
      const path = `${prefix}${key}`;
      if (item instanceof library.Group) walk(item, `${path}/`, depth + 1);
      else if (item instanceof library.Dataset && isFloat(item)) arrays.push(readDataset(item, path, fileSize));
    }
  };
  const file = new library.File(PATH, "r");
  walk(file, "", 0);
  file.close();
  return arrays;
}

function isFloat({ dtype, shape }: Dataset): boolean {
  return typeof dtype === "string" && FLOAT.test(dtype) && shape !== null;
}

function readDataset(dataset: Dataset, path: string, fileSize: number): Hdf5Array {
  const shape = dataset.shape ?? [];
  const { size } = dataset.metadata;
  const length = byteLengthOf(shape, size);
  const most = dataset.filters.length > 0 ? fileSize * MAX_RATIO : fileSize;
  if (length === undefined || length > most) {
    const claim = `the dataset ${quoted(path)} would be [${shape.join(", ")}]`;
    throw malformed("hdf5", `${claim}, more than a file of ${fileSize} bytes holds.`);
  }
  const { value } = dataset;
  // A scalar comes as a number.
  const numbers = typeof value === "number" ? [value] : value;
  if (!(numbers instanceof Float32Array || numbers instanceof Float64Array || Array.isArray(numbers))) {
    throw malformed("hdf5", `the dataset ${quoted(path)} cannot be read.`);
  }
  const data = Float32Array.from(numbers as ArrayLike<number>);
  if (data.length !== length / size) throw malformed("hdf5", `the dataset ${quoted(path)} is cut short.`);
  return { path, shape, data };
}

parentPort?.on("message", (bytes: Uint8Array) => {
  void answer(bytes).then((result) =>
    parentPort?.postMessage(result, "arrays" in result ? result.arrays.map(({ data }) => data.buffer) : []),
  );
});
