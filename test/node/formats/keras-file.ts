import * as h5wasm from "h5wasm";

/** Datasets of a file: by path, shape and values. */
export type Datasets = Readonly<
  Record<string, readonly [shape: readonly number[], values: Float32Array | Float64Array]>
>;

const SMALL: Datasets = {
  "block1_conv1/block1_conv1/kernel:0": [[1, 1, 2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)],
  "block1_conv1/block1_conv1/bias:0": [[3], Float32Array.of(7, 8, 9)],
};

/** An HDF5 file as Keras lays it out; `compress` packs every dataset. */
export async function kerasFile(
  datasets: Datasets = SMALL,
  { compress = false }: { compress?: boolean } = {},
): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("written.h5", "w");
  for (const [path, [shape, data]] of Object.entries(datasets)) {
    const groups = path.split("/");
    let group: h5wasm.Group = file;
    for (const name of groups.slice(0, -1)) {
      const known = group.keys().includes(name) ? group.get(name) : null;
      group = known instanceof h5wasm.Group ? known : group.create_group(name);
    }
    const packed = compress && shape.length > 0 ? { chunks: [...shape], compression: "gzip" as const } : {};
    group.create_dataset({
      name: groups.at(-1)!,
      data,
      shape: [...shape],
      dtype: data instanceof Float32Array ? "<f" : "<d",
      ...packed,
    });
  }
  file.create_attribute("layer_names", Object.keys(datasets));
  file.close();
  const bytes = FS.readFile("written.h5");
  FS.unlink("written.h5");
  return bytes;
}
