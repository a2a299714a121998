import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { ValueError } from "../../core/errors.ts";
import type { ImageSource, LabeledImage, SourceDescription } from "../../data/image.ts";
import { RandomStream } from "../../data/random-stream.ts";
import { nullWhereMissing } from "../system-error.ts";
import { decodeImageFile, type DecodeOptions } from "./decode.ts";
import { unknownClasses } from "./match-classes.ts";
import { IMAGE_EXTENSIONS } from "./sniff.ts";

export interface ImageFolderOptions extends DecodeOptions {
  /**
   * Parts of the pictures for validation and test, drawn by the seed, where the folder has no such sub-folders. Default of
   * `validation`: a fifth, or a tenth of `train`; of `test`: none.
   */
  readonly split?: { readonly validation?: number; readonly test?: number; readonly seed?: number };
  /** The classes in the order of their labels, as a trained network knows them; default: the folders, sorted. */
  readonly classes?: readonly string[];
}

/** Picture files with their classes. */
export class ImageFiles implements ImageSource {
  readonly size: number;
  readonly channels: number;
  readonly classes: readonly string[];
  readonly files: readonly string[];
  readonly labels: readonly number[];
  readonly #decoding: DecodeOptions;

  constructor(
    files: readonly string[],
    labels: readonly number[],
    classes: readonly string[],
    decoding: DecodeOptions = {},
  ) {
    this.size = files.length;
    this.files = files;
    this.labels = labels;
    this.classes = classes;
    this.channels = decoding.channels ?? 3;
    this.#decoding = decoding;
  }

  name(index: number): string {
    return this.files[index] ?? `image ${index}`;
  }

  async get(index: number): Promise<LabeledImage> {
    const file = this.files[index];
    const label = this.labels[index];
    if (file === undefined || label === undefined) {
      throw new ValueError({
        problem: `there is no picture ${index}, there are ${this.size}.`,
        fix: `pass a number from 0 to ${this.size - 1}.`,
      });
    }
    return { ...(await decodeImageFile(file, this.#decoding)), label };
  }

  describe(): SourceDescription {
    return { type: "files", files: this.files, labels: this.labels, decoding: this.#decoding };
  }
}

export interface ImageFolder {
  readonly classes: readonly string[];
  readonly train: ImageFiles;
  /** Empty where there is no such folder and no split. */
  readonly validation: ImageFiles;
  readonly test: ImageFiles;
  /** Files that are no pictures by their names; they are left alone. */
  readonly ignored: readonly string[];
  /** What somebody should be told who may have meant something else. */
  readonly notes: readonly string[];
}

const PARTS = { train: ["train"], validation: ["val", "valid", "validation"], test: ["test"] } as const;

type Part = keyof typeof PARTS;

/** By default a fifth is for validation, none for test. */
const SPLIT = { validation: 0.2, test: 0, seed: 0 };
/** Where there is a folder `train`, the pictures in it are fewer already. */
const VALIDATION_OF_TRAIN = 0.1;

/**
 * A folder of pictures, one sub-folder a class: `cats/1.jpg`; or such folders in `train`, `val` (`valid`, `validation`) and
 * `test`. A part without a folder is drawn from the others by a seed, class by class. Names that begin with a dot are left out; folders
 * in the folder of a class belong to the class.
 *
 * @throws ValueError when there are no pictures, a class has none, two classes differ only in case (they are one folder on
 * other disks), or a part has a class that `train` has not.
 */
export async function openImageFolder(folder: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  const { split, classes: wanted, ...decoding } = options;
  await requireFolder(folder);
  const inside = await foldersIn(folder);
  const partFolders = Object.fromEntries(
    Object.entries(PARTS).map(([part, names]) => [
      part,
      inside.find((name) => (names as readonly string[]).includes(name.toLowerCase())),
    ]),
  ) as Record<Part, string | undefined>;
  const scan = new Scan();
  if (partFolders.train === undefined) {
    const found = await scan.classesIn(folder);
    const classes = labelsFor(found, wanted, folder);
    const parts = splitFiles(found, folder, { ...SPLIT, ...split });
    const files = (part: Part): ImageFiles => labelled(parts[part], classes, decoding);
    return {
      classes,
      train: files("train"),
      validation: files("validation"),
      test: files("test"),
      ignored: scan.ignored,
      notes: notesOn(folder, found, scan.ignored),
    };
  }
  const trainFolder = join(folder, partFolders.train);
  const train = await scan.classesIn(trainFolder);
  const classes = labelsFor(train, wanted, trainFolder);
  // What has no folder of its own is drawn from the pictures to train on.
  const parts = splitFiles(train, trainFolder, {
    seed: split?.seed ?? SPLIT.seed,
    validation: partFolders.validation === undefined ? (split?.validation ?? VALIDATION_OF_TRAIN) : 0,
    test: partFolders.test === undefined ? (split?.test ?? SPLIT.test) : 0,
  });
  const files = async (part: Part): Promise<ImageFiles> => {
    const name = part === "train" ? undefined : partFolders[part];
    if (name === undefined) return labelled(parts[part], classes, decoding);
    const path = join(folder, name);
    const found = await scan.classesIn(path);
    labelsFor(found, classes, path);
    return labelled(found, classes, decoding);
  };
  return {
    classes,
    train: await files("train"),
    validation: await files("validation"),
    test: await files("test"),
    ignored: scan.ignored,
    notes: notesOn(trainFolder, train, scan.ignored),
  };
}

/** Classes and their files, sorted. */
type Classes = ReadonlyMap<string, readonly string[]>;

class Scan {
  readonly ignored: string[] = [];

  /** @throws ValueError unless every sub-folder has pictures and a name of its own. */
  async classesIn(folder: string): Promise<Classes> {
    const names = await foldersIn(folder);
    const found = new Map<string, readonly string[]>();
    for (const name of names) found.set(name, await this.#filesUnder(join(folder, name), new Set()));
    requireClasses(folder, found);
    return found;
  }

  /**
   * All pictures below a folder; a link that leads in a circle is followed once, and one that leads above it (to where the
   * other classes are) never.
   */
  async #filesUnder(folder: string, visited: Set<string>): Promise<string[]> {
    const real = await realpath(folder);
    const [top] = visited;
    if (visited.has(real) || top?.startsWith(real.endsWith(sep) ? real : `${real}${sep}`) === true) return [];
    visited.add(real);
    const files: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = join(folder, entry.name);
      // A link that leads nowhere is a picture that cannot be read, and is reported as one.
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
      if (kind.isDirectory()) files.push(...(await this.#filesUnder(path, visited)));
      else if (IMAGE_EXTENSIONS.has(extname(entry.name).slice(1).toLowerCase())) files.push(path);
      else this.ignored.push(path);
    }
    return files.sort(byText);
  }
}

async function requireFolder(folder: string): Promise<void> {
  const kind = await stat(folder).catch(nullWhereMissing);
  if (kind?.isDirectory() === true) return;
  throw new ValueError({
    problem: `image folder: ${folder} ${kind === null ? "is not there" : "is no folder"}.`,
    fix: "pass a folder with one sub-folder a class; `millrace make-dataset shapes` makes one.",
  });
}

async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const kind = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => entry) : entry;
    if (kind.isDirectory()) names.push(entry.name);
  }
  return names.sort(byText);
}

/** The same order everywhere: by UTF-16 units, not by a locale. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function requireClasses(folder: string, found: Classes): void {
  if (found.size === 0 || [...found.values()].every(({ length }) => length === 0)) {
    throw new ValueError({
      problem: `image folder: there are no pictures in the sub-folders of ${folder}.`,
      operands: [{ name: "sub-folders", value: String(found.size), note: [...found.keys()].slice(0, 5).join(", ") }],
      fix: "put the pictures of each class into a sub-folder of its name: cats/1.jpg, dogs/1.jpg.",
    });
  }
  const empty = [...found].filter(([, files]) => files.length === 0).map(([name]) => name);
  if (empty.length > 0) {
    throw new ValueError({
      problem: `image folder: ${folder} has ${empty.length === 1 ? "a class" : "classes"} without pictures: ${empty.join(", ")}.`,
      fix: `add pictures (${[...IMAGE_EXTENSIONS].slice(0, 6).join(", ")}, ...) or remove the sub-folder.`,
    });
  }
  const byLowerCase = new Map<string, string>();
  for (const name of found.keys()) {
    const key = name.normalize("NFC").toLowerCase();
    const other = byLowerCase.get(key);
    if (other !== undefined) {
      throw new ValueError({
        problem: `image folder: the classes "${other}" and "${name}" of ${folder} are one folder on a disk that ignores case.`,
        fix: "rename one of them, or put their pictures together.",
      });
    }
    byLowerCase.set(key, name);
  }
}

/** The classes by label. @throws ValueError when a folder is none of those that are wanted. */
function labelsFor(found: Classes, wanted: readonly string[] | undefined, folder: string): readonly string[] {
  if (wanted === undefined) return [...found.keys()];
  const unknown = [...found.keys()].filter((name) => !wanted.includes(name));
  if (unknown.length === 0) return wanted;
  throw unknownClasses(folder, unknown, wanted);
}

function notesOn(folder: string, found: Classes, ignored: readonly string[]): string[] {
  const notes: string[] = [];
  const [[name, files] = ["", []], ...others] = found;
  const inside = files.map((file) => relative(join(folder, name), file).split(sep));
  const deeper = new Set(
    inside.flatMap(([first, ...rest]) => (first === undefined || rest.length === 0 ? [] : [first])),
  );
  if (others.length === 0 && deeper.size > 0) {
    const shown = [...deeper].slice(0, 3).join(", ");
    notes.push(
      `there is one class, ${name}, of all pictures in its sub-folders (${shown}${deeper.size > 3 ? ", ..." : ""}): if they are the classes, pass ${join(folder, name)}`,
    );
  }
  const endings = [...countEndings(ignored)].map(([ending, count]) => `${count.toLocaleString("en-US")} ${ending}`);
  if (endings.length > 0) notes.push(`left alone: ${endings.join(", ")}`);
  return notes;
}

/** Numbers of files by the endings of their names, `.heic`, the most first. */
export function countEndings(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    const ending = extname(file).toLowerCase() || "without ending";
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a, many], [b, more]) => more - many || byText(a, b)));
}

function labelled(found: Classes, classes: readonly string[], decoding: DecodeOptions): ImageFiles {
  const files: string[] = [];
  const labels: number[] = [];
  for (const [name, paths] of found) {
    for (const path of paths) {
      files.push(path);
      labels.push(classes.indexOf(name));
    }
  }
  return new ImageFiles(files, labels, classes, decoding);
}

/**
 * Every class by itself: the order of its files is drawn from the seed and their paths, so that the same file falls on the
 * same side as long as the numbers stay alike. A class of at least two pictures keeps one to learn from.
 */
function splitFiles(found: Classes, folder: string, split: typeof SPLIT): Record<Part, Classes> {
  const { validation, test, seed } = split;
  if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
    throw new ValueError({
      problem: `image folder: a split with ${validation} for validation and ${test} for test.`,
      fix: "pass parts from 0 that leave something to train on.",
    });
  }
  const parts = {
    train: new Map<string, string[]>(),
    validation: new Map<string, string[]>(),
    test: new Map<string, string[]>(),
  };
  for (const [name, files] of found) {
    const drawn = files
      .map((file) => ({ file, order: orderOf(relative(folder, file).split(sep).join("/"), seed) }))
      .sort((a, b) => a.order - b.order || byText(a.file, b.file))
      .map(({ file }) => file);
    const most = Math.max(files.length - 1, 0);
    const forTest = Math.min(Math.round(test * files.length), most);
    const forValidation = Math.min(Math.round(validation * files.length), most - forTest);
    parts.test.set(name, drawn.slice(0, forTest).sort(byText));
    parts.validation.set(name, drawn.slice(forTest, forTest + forValidation).sort(byText));
    parts.train.set(name, drawn.slice(forTest + forValidation).sort(byText));
  }
  return parts;
}

/** A random number that a path has. @see FNV-1a, Fowler, Noll, Vo, for the hash that numbers the path. */
function orderOf(path: string, seed: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01000193);
  return new RandomStream(seed, "split", { index: hash >>> 0 }).word();
}
