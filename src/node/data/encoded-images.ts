import { ValueError } from "../../core/errors.ts";
import type { ImageSource, LabeledImage, SourceDescription } from "../../data/image.ts";
import { allocateShared } from "../../data/sources.ts";
import { decodeImage, type DecodeOptions } from "./decode.ts";

/** One picture's file, in memory. */
export interface EncodedImage {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly label: number;
}

export type EncodedDescription = Extract<SourceDescription, { type: "encoded" }>;

/** JPEG, PNG, ... files in memory: what a WebDataset or TFRecord file holds. Decoded when they are read. */
export class EncodedImages implements ImageSource {
  readonly size: number;
  readonly channels: number;
  readonly classes: readonly string[] | undefined;
  readonly #data: EncodedDescription;

  constructor(data: EncodedDescription, classes?: readonly string[]) {
    this.size = data.labels.length;
    this.channels = (data.decoding as DecodeOptions).channels ?? 3;
    this.classes = classes;
    this.#data = data;
  }

  /** Copies the files into one memory, which threads share. */
  static from(
    images: readonly EncodedImage[],
    classes: readonly string[] | undefined,
    decoding: DecodeOptions,
  ): EncodedImages {
    const ends: number[] = [];
    for (const { bytes } of images) ends.push((ends.at(-1) ?? 0) + bytes.length);
    const all = new Uint8Array(allocateShared(ends.at(-1) ?? 0));
    for (const [index, { bytes }] of images.entries()) all.set(bytes, ends[index]! - bytes.length);
    const names = images.map(({ name }) => name);
    const labels = images.map(({ label }) => label);
    return new EncodedImages({ type: "encoded", bytes: all, ends, names, labels, decoding }, classes);
  }

  /** The same pictures of other classes. @param labels by label. */
  relabelled(labels: readonly number[], classes: readonly string[]): EncodedImages {
    return new EncodedImages(
      { ...this.#data, labels: this.#data.labels.map((label) => labels[label] ?? label) },
      classes,
    );
  }

  name(index: number): string {
    return this.#data.names[index] ?? `image ${index}`;
  }

  async get(index: number): Promise<LabeledImage> {
    const { bytes, ends, labels, decoding } = this.#data;
    const label = labels[index];
    if (label === undefined) {
      throw new ValueError({
        problem: `there is no picture ${index}, there are ${this.size}.`,
        fix: `pass a number from 0 to ${this.size - 1}.`,
      });
    }
    // sharp takes no shared memory: a copy of the file, which is small beside its pixels.
    const file = bytes.slice(ends[index - 1] ?? 0, ends[index]);
    return { ...(await decodeImage(new Uint8Array(file), decoding, this.name(index))), label };
  }

  describe(): SourceDescription {
    return this.#data;
  }
}
