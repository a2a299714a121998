import { ShapeError, ValueError } from "../core/errors.ts";
import { type ImageSource, type LabeledImage, type MemoryData, type SourceDescription, toBytes } from "./image.ts";
import { RandomStream } from "./random-stream.ts";
import { shapes } from "./shapes/index.ts";

/** Pictures of one size in memory, by number. */
export class MemoryImages implements ImageSource {
  readonly size: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: readonly string[] | undefined;
  readonly #data: MemoryData;

  /** @throws ShapeError when pixels and labels do not belong together. */
  constructor(data: MemoryData, classes?: readonly string[]) {
    const { pixels, labels, height, width, channels } = data;
    if (pixels.length !== labels.length * height * width * channels) {
      throw new ShapeError({
        problem: `MemoryImages: ${pixels.length} bytes are not ${labels.length} pictures of ${height} x ${width} x ${channels}.`,
        fix: "pass one label for every picture.",
      });
    }
    this.size = labels.length;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.classes = classes;
    this.#data = data;
  }

  get(index: number): LabeledImage {
    const { pixels, labels, height, width, channels } = this.#data;
    const length = height * width * channels;
    const label = labels[index];
    if (label === undefined) throw outOfRange(index, this.size);
    return { pixels: pixels.subarray(index * length, (index + 1) * length), height, width, channels, label };
  }

  describe(): SourceDescription {
    return { type: "memory", images: this.#data };
  }
}

/**
 * Reads every picture of a source, such as a file of CIFAR-10, into one memory that worker threads share.
 *
 * @throws ShapeError when the pictures differ in size.
 */
export async function inMemory(source: ImageSource): Promise<MemoryImages> {
  if (source.size === 0)
    throw new ValueError({ problem: "inMemory: there are no pictures.", fix: "pass a source that has some." });
  const { height, width, channels } = await source.get(0);
  const length = height * width * channels;
  const pixels = new Uint8Array(allocateShared(source.size * length));
  const labels = new Int32Array(allocateShared(source.size * 4));
  for (let index = 0; index < source.size; index++) {
    const picture = await source.get(index);
    if (picture.height !== height || picture.width !== width || picture.channels !== channels) {
      throw new ShapeError({
        problem: `inMemory: picture ${index} is ${picture.height} x ${picture.width} x ${picture.channels}, the first ${height} x ${width} x ${channels}.`,
        fix: "pictures of different sizes stay in their files: use their source as it is.",
      });
    }
    pixels.set(toBytes(picture).pixels, index * length);
    labels[index] = picture.label;
  }
  return new MemoryImages({ pixels, labels, height, width, channels }, source.classes);
}

/** Memory that threads share, where the platform lets them. */
export function allocateShared(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

/** Some pictures of a source: number i is the source's number indices[i]. */
export function subset(source: ImageSource, indices: ArrayLike<number>): ImageSource {
  const chosen = Uint32Array.from(indices);
  for (const index of chosen) if (index >= source.size) throw outOfRange(index, source.size);
  const original = (index: number): number => {
    const found = chosen[index];
    if (found === undefined) throw outOfRange(index, chosen.length);
    return found;
  };
  const { classes, channels, height, width } = source;
  const description = source.describe?.();
  return {
    size: chosen.length,
    classes,
    channels,
    height,
    width,
    name: (index) => source.name?.(original(index)) ?? `image ${original(index)}`,
    get: (index) => source.get(original(index)),
    ...(description === undefined
      ? {}
      : { describe: () => ({ type: "subset" as const, of: description, indices: chosen }) }),
  };
}

/** Two parts of a source, drawn by the seed: the first has this fraction of the pictures. */
export function randomSplit(source: ImageSource, fraction: number, seed = 0): [ImageSource, ImageSource] {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new ValueError({ problem: `randomSplit: the fraction is ${fraction}.`, fix: "pass a number from 0 to 1." });
  }
  const order = new RandomStream(seed, "split").permutation(source.size);
  const count = Math.round(fraction * source.size);
  return [subset(source, order.subarray(0, count).sort()), subset(source, order.subarray(count).sort())];
}

/** Sources that only a platform can decode. */
type PlatformSource = Extract<SourceDescription, { type: "files" | "encoded" }>;

/** Opens a description in a worker thread; `openFiles` is what the platform has for picture files. */
export function openSource(
  description: SourceDescription,
  openFiles: (files: PlatformSource) => ImageSource,
): ImageSource {
  if (description.type === "memory") return new MemoryImages(description.images);
  if (description.type === "shapes") return shapes(description.options);
  if (description.type === "subset") return subset(openSource(description.of, openFiles), description.indices);
  return openFiles(description);
}

function outOfRange(index: number, size: number): ValueError {
  return new ValueError({
    problem: `there is no picture ${index}, there are ${size}.`,
    fix: `pass a number from 0 to ${size - 1}.`,
  });
}
