import type { LabeledImages } from "./labeled-images.ts";
import { malformed } from "./malformed.ts";

const SIDE = 32;
const PLANE = SIDE * SIDE;
const IMAGE = 3 * PLANE;

/** CIFAR-100's images have one of 20 coarse labels besides the fine one. */
export interface Cifar100 extends LabeledImages {
  coarseLabel(index: number): number;
}

/**
 * Parses a binary batch of CIFAR-10 (`data_batch_1.bin`): records of a label and 32 x 32 pixels.
 * @throws FormatError when the file is no whole number of records, or a label is above 9.
 * @see Krizhevsky, "The CIFAR-10 dataset", "Binary version".
 */
export function parseCifar10(bytes: Uint8Array): LabeledImages {
  return parse(bytes, { format: "cifar-10", limits: [10] });
}

/** Parses a binary file of CIFAR-100 (`train.bin`): records of a coarse label, a fine one and the pixels. @throws FormatError */
export function parseCifar100(bytes: Uint8Array): Cifar100 {
  const images = parse(bytes, { format: "cifar-100", limits: [20, 100] });
  return { ...images, coarseLabel: (index) => bytes[index * (IMAGE + 2)] ?? 0 };
}

/** @param limits for each label of a record, the number of its classes; the last label is the image's. */
function parse(bytes: Uint8Array, { format, limits }: { format: string; limits: readonly number[] }): LabeledImages {
  const record = limits.length + IMAGE;
  const size = bytes.length / record;
  if (!Number.isInteger(size) || size === 0) {
    throw malformed(format, `${bytes.length} bytes are no whole number of records of ${record} bytes.`);
  }
  for (let index = 0; index < size; index++) {
    for (const [which, limit] of limits.entries()) {
      const label = bytes[index * record + which]!;
      if (label >= limit)
        throw malformed(format, `record ${index} has the label ${label}, there are ${limit} classes.`);
    }
  }
  return {
    size,
    get: (index) => {
      const start = index * record + limits.length;
      const pixels = interleaved(bytes.subarray(start, start + IMAGE));
      return { pixels, height: SIDE, width: SIDE, channels: 3, label: bytes[start - 1] ?? 0 };
    },
  };
}

/** Planes of red, green and blue as pixels of three channels. */
function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(IMAGE);
  for (let at = 0; at < PLANE; at++) {
    pixels[3 * at] = planes[at]!;
    pixels[3 * at + 1] = planes[PLANE + at]!;
    pixels[3 * at + 2] = planes[2 * PLANE + at]!;
  }
  return pixels;
}
