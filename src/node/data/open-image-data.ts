import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { ValueError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import { parseCifar10, parseCifar100 } from "../../data/formats/cifar.ts";
import { readIdx } from "../../data/formats/idx.ts";
import { labeledImages, type LabeledImages } from "../../data/formats/labeled-images.ts";
import { readNpz } from "../../data/formats/npz.ts";
import type { ImageSource, LabeledImage } from "../../data/image.ts";
import { inMemory, randomSplit } from "../../data/sources.ts";
import { nullWhereMissing } from "../system-error.ts";
import type { EncodedImages } from "./encoded-images.ts";
import { type ImageFolderOptions, openImageFolder } from "./image-folder.ts";
import { matchClasses, numberedClasses } from "./match-classes.ts";
import { openTfRecord, openWebDataset } from "./open-archive.ts";

/** A data set in its three parts, wherever it came from. */
export interface ImageData {
  readonly classes: readonly string[];
  readonly train: ImageSource;
  /** null where there is none. */
  readonly validation: ImageSource | null;
  readonly test: ImageSource | null;
  /** Files of a folder that are no pictures by their names; they are left alone. */
  readonly ignored: readonly string[];
  /** What somebody should be told who may have meant something else, a line each. */
  readonly notes: readonly string[];
}

const CIFAR10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/**
 * Opens what is at a path: a folder of pictures (`openImageFolder`), a folder with MNIST's IDX files (`.gz` or not) or with
 * the binary files of CIFAR-10 or CIFAR-100, a `.npz` file with `x_train`, `y_train`, `x_test`, `y_test`, a WebDataset
 * (`.tar`) or TFRecord file (`.tfrecord`, `.tfrecords`) of pictures with classes.
 *
 * Without validation pictures, a part of those to train on is taken, drawn by `split.seed`: `split.validation`, a fifth by
 * default in a folder of pictures, else a tenth.
 *
 * `classes` are found by name; where a set has numbers that are no names of theirs, by position, which `notes` says.
 *
 * @throws ValueError, FormatError when it is none of these, or damaged, or has other classes than are wanted.
 */
export async function openImageData(path: string, options: ImageFolderOptions = {}): Promise<ImageData> {
  const kind = await stat(path).catch(nullWhereMissing);
  if (kind?.isFile() === true) return openFile(path, options);
  const names = kind === null ? [] : await readdir(path);
  const packed = (await openIdx(path, names)) ?? (await openCifar(path, names));
  if (packed !== null) return fromArrays(packed, path, options);
  const { validation, test, ...folder } = await openImageFolder(path, options);
  const orNull = (part: ImageSource): ImageSource | null => (part.size === 0 ? null : part);
  return { ...folder, validation: orNull(validation), test: orNull(test) };
}

async function openFile(path: string, options: ImageFolderOptions): Promise<ImageData> {
  const { split: _split, classes: _classes, ...decoding } = options;
  const name = basename(path);
  switch (extname(path).toLowerCase()) {
    case ".npz":
      return fromArrays(await openNpz(path), path, options);
    case ".tar":
      return fromArchive(openWebDataset(await readFile(path), name, decoding), path, options);
    case ".tfrecord":
    case ".tfrecords":
      return fromArchive(openTfRecord(await readFile(path), name, decoding), path, options);
    default:
      throw new ValueError({
        problem: `data: ${path} is a file that is not known as pictures with classes.`,
        fix: "pass a folder with one sub-folder a class, a folder of MNIST's or CIFAR's files, or a .npz, .tar or .tfrecord file.",
      });
  }
}

/** Everything is to train on, but for what is split off. */
function inParts(source: ImageSource, split: ImageFolderOptions["split"]): Pick<ImageData, "train" | "validation"> {
  const { validation: fraction = 0.1, seed = 0 } = split ?? {};
  if (fraction === 0) return { train: source, validation: null };
  const [validation, train] = randomSplit(source, fraction, seed);
  return { train, validation };
}

function fromArchive(images: EncodedImages, path: string, { split, classes: wanted }: ImageFolderOptions): ImageData {
  const found = { set: path, names: images.classes ?? [], areNumbers: true };
  const { classes, labels, notes } = matchClasses(found, wanted);
  return { classes, ...inParts(images.relabelled(labels, classes), split), test: null, ignored: [], notes };
}

interface Packed {
  readonly classes?: readonly string[];
  readonly train: LabeledImages;
  readonly test: LabeledImages | null;
}

async function fromArrays(
  packed: Packed,
  path: string,
  { split, classes: wanted }: ImageFolderOptions,
): Promise<ImageData> {
  const found =
    packed.classes === undefined
      ? numberedClasses(path, highestLabel(packed))
      : { set: path, names: packed.classes, areNumbers: false };
  const { classes, labels, notes } = matchClasses(found, wanted);
  const open = ({ size, get }: LabeledImages): Promise<ImageSource> => {
    const relabelled = (index: number): LabeledImage => {
      const picture = get(index);
      return { ...picture, label: labels[picture.label] ?? picture.label };
    };
    return inMemory({ size, get: relabelled, classes });
  };
  const test = packed.test === null ? null : await open(packed.test);
  return { classes, ...inParts(await open(packed.train), split), test, ignored: [], notes };
}

function highestLabel({ train, test }: Packed): number {
  let highest = 0;
  for (const part of [train, test])
    for (let index = 0; index < (part?.size ?? 0); index++) highest = Math.max(highest, part!.get(index).label);
  return highest;
}

async function openIdx(folder: string, names: readonly string[]): Promise<Packed | null> {
  const find = (part: string, what: string): string | undefined =>
    names.find((name) => new RegExp(`^${part}[-.]${what}[-.]idx\\d[-.]ubyte(\\.gz)?$`).test(name));
  const open = async (part: string): Promise<LabeledImages | null> => {
    const images = find(part, "images");
    const labels = find(part, "labels");
    if (images === undefined || labels === undefined) return null;
    const read = async (name: string): Promise<NDArray> => readIdx(await readFile(join(folder, name)));
    return labeledImages(await read(images), await read(labels));
  };
  const train = await open("train");
  return train === null ? null : { train, test: (await open("t10k")) ?? (await open("test")) };
}

async function openCifar(folder: string, names: readonly string[]): Promise<Packed | null> {
  const batches = names.filter((name) => /^data_batch_\d+\.bin$/.test(name)).sort();
  const read = async (name: string): Promise<Uint8Array> => readFile(join(folder, name));
  if (batches.length > 0) {
    const parts = await Promise.all(batches.map(async (name) => parseCifar10(await read(name))));
    const test = names.includes("test_batch.bin") ? parseCifar10(await read("test_batch.bin")) : null;
    return { classes: CIFAR10, train: joined(parts), test };
  }
  if (!names.includes("train.bin")) return null;
  const fine = names.includes("fine_label_names.txt")
    ? (await readFile(join(folder, "fine_label_names.txt"), "utf8")).trim().split(/\s+/)
    : undefined;
  const test = names.includes("test.bin") ? parseCifar100(await read("test.bin")) : null;
  return { ...(fine === undefined ? {} : { classes: fine }), train: parseCifar100(await read("train.bin")), test };
}

function joined(parts: readonly LabeledImages[]): LabeledImages {
  const places = parts.flatMap((part) => Array.from({ length: part.size }, (_, index) => ({ part, index })));
  return { size: places.length, get: (index) => places[index]!.part.get(places[index]!.index) };
}

async function openNpz(path: string): Promise<Packed> {
  const arrays = await readNpz(await readFile(path));
  const images = (part: string): LabeledImages | null => {
    const x = arrays.get(`x_${part}`);
    const y = arrays.get(`y_${part}`);
    return x === undefined || y === undefined ? null : labeledImages(x, y);
  };
  const train = images("train");
  if (train !== null) return { train, test: images("test") };
  throw new ValueError({
    problem: `data: ${basename(path)} has no arrays x_train and y_train.`,
    operands: [{ name: "arrays", value: [...arrays.keys()].join(", ") }],
    fix: "save it with numpy.savez(file, x_train=..., y_train=..., x_test=..., y_test=...).",
  });
}
