import { malformed, quoted } from "./malformed.ts";
import { parseTar } from "./tar.ts";

/** Files of a tar that belong together. */
export interface WebDatasetSample {
  /** Path up to the first dot of the file name: `train/0001` of `train/0001.input.jpg`. */
  readonly key: string;
  /** By what follows that dot, in lower case: `jpg`, `cls`, `input.png`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The samples of a WebDataset shard: consecutive files with one key. Files whose names start with a dot are left out.
 * @throws FormatError when the tar is damaged, or a sample has two files of one extension.
 * @see https://github.com/webdataset/webdataset, "The WebDataset Format".
 */
export function* parseWebDataset(bytes: Uint8Array): Generator<WebDatasetSample, void, undefined> {
  let sample: { key: string; files: Map<string, Uint8Array> } | null = null;
  for (const { name, data } of parseTar(bytes)) {
    const [key, extension] = split(name);
    if (key === undefined || extension === undefined) continue;
    if (sample !== null && sample.key !== key) {
      yield sample;
      sample = null;
    }
    sample ??= { key, files: new Map() };
    if (sample.files.has(extension))
      throw malformed("webdataset", `the sample ${quoted(key)} has two files ".${extension}".`);
    sample.files.set(extension, data);
  }
  if (sample !== null) yield sample;
}

/** Key and extension; nothing for a file that belongs to no sample. */
function split(name: string): [key?: string, extension?: string] {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const dot = file.indexOf(".");
  if (dot <= 0 || dot === file.length - 1) return [];
  return [name.slice(0, name.length - file.length + dot), file.slice(dot + 1).toLowerCase()];
}
