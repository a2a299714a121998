import { readFile } from "node:fs/promises";
import { FormatError, type MillraceError, ValueError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import { malformed } from "../../data/formats/malformed.ts";
import { readNpz } from "../../data/formats/npz.ts";
import { openSafetensors } from "../../data/formats/safetensors.ts";
import { openZip } from "../../data/formats/zip.ts";
import { kerasNames } from "../../models/weights/keras-names.ts";
import type { Weights } from "../../models/weights/match-weights.ts";
import { openFile } from "../formats/file-source.ts";
import { readHdf5 } from "../formats/hdf5.ts";
import { downloadFromHuggingFace, type HuggingFaceOptions, parseHuggingFaceAddress } from "./hugging-face.ts";

/** Readers by the end of a file's name. */
const READERS: Readonly<Record<string, (path: string) => Promise<Weights>>> = {
  ".safetensors": readSafetensors,
  ".npz": async (path) => readNpz(await readFile(path)),
  ".h5": async (path) => kerasNames(await readHdf5(await readFile(path))),
  ".hdf5": async (path) => kerasNames(await readHdf5(await readFile(path))),
  ".keras": readKeras,
};

/**
 * Reads the weights in a file, for `tf.models.loadWeights`.
 *
 * @param source a file `.safetensors`, `.npz`, `.h5` (of any Keras), `.weights.h5` or `.keras`; or one on the Hugging Face
 * hub, `hf:timm/vgg16.tv_in1k`, which is kept in a cache and checked by its SHA-256.
 * @throws FormatError that names the file, when it is damaged. @throws ValueError for another kind of file.
 */
export async function readWeights(source: string, options: HuggingFaceOptions = {}): Promise<Weights> {
  const isRemote = source.startsWith("hf:");
  const name = isRemote ? parseHuggingFaceAddress(source).path : source;
  const extension = Object.keys(READERS).find((end) => name.toLowerCase().endsWith(end));
  if (extension === undefined) {
    throw new ValueError({
      problem: `"${source}" is no file of weights that is read.`,
      fix: `use ${Object.keys(READERS).join(", ")}.`,
    });
  }
  const path = isRemote ? await downloadFromHuggingFace(source, options) : source;
  try {
    return await READERS[extension]!(path);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw namingFile(source, cause);
  }
}

/** The parsers do not know whose bytes they read. */
function namingFile(source: string, { problem, operands, fix, cause }: MillraceError): FormatError {
  return new FormatError({ problem: `${source}: ${problem}`, operands, fix, cause });
}

async function readSafetensors(path: string): Promise<Weights> {
  await using file = await openFile(path);
  const { entries, read } = await openSafetensors(file);
  const weights = new Map<string, NDArray>();
  for (const { name } of entries) weights.set(name, await read(name));
  return weights;
}

/** Keras 3's archive: a zip with the weights in one of its files. */
async function readKeras(path: string): Promise<Weights> {
  const member = openZip(await readFile(path)).find(({ name }) => name === "model.weights.h5");
  if (member === undefined) throw malformed("keras", 'the archive has no "model.weights.h5".');
  return kerasNames(await readHdf5(await member.read()));
}
