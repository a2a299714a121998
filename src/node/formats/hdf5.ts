import type { Dataset, Group } from "h5wasm";
import type * as H5Wasm from "h5wasm";
import { malformed, quoted } from "../../data/formats/malformed.ts";
import { byteLengthOf } from "../../data/formats/element-type.ts";
import { MillraceError } from "../../core/errors.ts";
import { NDArray } from "../../core/ndarray.ts";

type Library = typeof H5Wasm;

/** Objects of a file of weights: a VGG19 has about a hundred. More than these only serve to keep us busy. */
const MAX_OBJECTS = 100_000;
const MAX_DEPTH = 32;

/** What deflate can make of a byte; other filters of HDF5 make less. */
const MAX_RATIO = 1032;

/** Datasets of these types (h5wasm's codes) are numbers; strings and the like are left out. */
const FLOAT = /^[<>]?(?:e|f|d)$/;

let count = 0;

/**
 * The float datasets of an HDF5 file by path, `block1_conv1/block1_conv1/kernel:0`. float16 and float64 become float32.
 *
 * The HDF5 library itself reads the file, compiled to WebAssembly: what a hostile file may do to it stays in its memory.
 * It is loaded at the first call.
 *
 * @throws FormatError when the file is damaged, or a dataset is larger than the file can hold.
 */
export async function readHdf5(bytes: Uint8Array): Promise<Map<string, NDArray>> {
  const library = await import("h5wasm");
  const module = await library.ready;
  // Errors are thrown instead of printed.
  module.activate_throwing_error_handler();
  const path = `millrace-${count++}.h5`;
  try {
    module.FS.writeFile(path, bytes);
    return readAll(library, path, bytes.length);
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause;
    throw malformed("hdf5", "the file is damaged.", { cause });
  } finally {
    module.deactivate_throwing_error_handler();
    if (module.FS.analyzePath(path).exists) module.FS.unlink(path);
  }
}

function readAll(library: Library, path: string, fileSize: number): Map<string, NDArray> {
  const file = new library.File(path, "r");
  try {
    const arrays = new Map<string, NDArray>();
    let objects = 0;
    const walk = (group: Group, prefix: string, depth: number): void => {
      if (depth > MAX_DEPTH) throw malformed("hdf5", `its groups are nested deeper than ${MAX_DEPTH} levels.`);
      for (const key of group.keys()) {
        if (++objects > MAX_OBJECTS) throw malformed("hdf5", `it has more than ${MAX_OBJECTS} objects.`);
        const item = group.get(key);
        const name = `${prefix}${key}`;
        if (item instanceof library.Group) walk(item, `${name}/`, depth + 1);
        else if (item instanceof library.Dataset && isFloat(item)) arrays.set(name, readDataset(item, name, fileSize));
      }
    };
    walk(file, "", 0);
    return arrays;
  } finally {
    file.close();
  }
}

function isFloat({ dtype, shape }: Dataset): boolean {
  return typeof dtype === "string" && FLOAT.test(dtype) && shape !== null;
}

function readDataset(dataset: Dataset, name: string, fileSize: number): NDArray {
  const shape = dataset.shape ?? [];
  const { size } = dataset.metadata;
  const length = byteLengthOf(shape, size);
  const most = dataset.filters.length > 0 ? fileSize * MAX_RATIO : fileSize;
  if (length === undefined || length > most) {
    throw malformed(
      "hdf5",
      `the dataset ${quoted(name)} would be [${shape.join(", ")}], more than a file of ${fileSize} bytes holds.`,
    );
  }
  const { value } = dataset;
  // A scalar comes as a number.
  const data = typeof value === "number" ? [value] : value;
  if (!(data instanceof Float32Array || data instanceof Float64Array || Array.isArray(data))) {
    throw malformed("hdf5", `the dataset ${quoted(name)} cannot be read.`);
  }
  const floats = data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>);
  if (floats.byteLength / 4 !== length / size) throw malformed("hdf5", `the dataset ${quoted(name)} is cut short.`);
  return new NDArray("float32", shape, floats);
}
