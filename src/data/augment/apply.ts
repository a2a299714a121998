import { ShapeError } from "../../core/errors.ts";
import type { Image } from "../image.ts";
import type { RandomStream } from "../random-stream.ts";
import { adjustBrightness, adjustContrast, adjustHue, adjustSaturation, shiftColors } from "./color.ts";
import { erase } from "./erase.ts";
import { centerCrop, crop, flip, pad, tenCrop } from "./geometry.ts";
import { normalizeInto } from "./normalize.ts";
import { type Region, resize, resizeShortSide } from "./resize.ts";
import { type Range, sidesOf, type Transform, type TransformName, type TransformOptions } from "./transform.ts";

type Step<Name extends TransformName> = (
  picture: Image,
  options: TransformOptions[Name],
  random: RandomStream,
) => Image | Image[];

/** What every transform does. */
const steps: { readonly [Name in TransformName]: Step<Name> } = {
  resize: (picture, { size }) => (typeof size === "number" ? resizeShortSide(picture, size) : resize(picture, size)),
  centerCrop: (picture, { size }) => centerCrop(picture, sidesOf(size)),
  tenCrop: (picture, { size }) => tenCrop(picture, sidesOf(size)),
  randomResizedCrop: (picture, { size, scale, ratio }, random) =>
    resize(picture, sidesOf(size), drawPart(picture, scale, ratio, random)),
  randomCrop: (picture, { size, padding, mode }, random) => {
    const { height, width } = sidesOf(size);
    const padded = padding === 0 ? picture : pad(picture, padding, mode);
    const top = random.integer(Math.max(padded.height - height + 1, 1));
    const left = random.integer(Math.max(padded.width - width + 1, 1));
    return crop(padded, { top, left, height, width });
  },
  randomFlip: (picture, { probability }, random) => (random.chance(probability) ? flip(picture) : picture),
  colorJitter: (picture, { brightness, contrast, saturation, hue }, random) => {
    // All are drawn, so that one set to zero changes nothing of the others.
    const factor = (strength: number): number => random.uniform(Math.max(1 - strength, 0), 1 + strength);
    const factors = [factor(brightness), factor(contrast), factor(saturation)] as const;
    const turn = random.uniform(-hue, hue);
    const changes: ((before: Image) => Image)[] = [
      (before) => (brightness === 0 ? before : adjustBrightness(before, factors[0])),
      (before) => (contrast === 0 ? before : adjustContrast(before, factors[1])),
      (before) => (saturation === 0 ? before : adjustSaturation(before, factors[2])),
      (before) => (hue === 0 ? before : adjustHue(before, turn)),
    ];
    return Array.from(random.permutation(changes.length)).reduce((before, which) => changes[which]!(before), picture);
  },
  pcaJitter: (picture, { deviation, eigenvalues, eigenvectors }, random) => {
    const amounts = eigenvalues.map((eigenvalue) => (deviation * random.normal() * eigenvalue) / 255);
    return shiftColors(
      picture,
      [0, 1, 2].map((channel) =>
        amounts.reduce((sum, amount, axis) => sum + amount * (eigenvectors[axis]?.[channel] ?? 0), 0),
      ),
    );
  },
  randomErasing: (picture, { probability, scale, ratio, value }, random) => {
    if (!random.chance(probability)) return picture;
    const part = tryPart(picture, scale, ratio, random);
    return part === null ? picture : erase(picture, part, value);
  },
  normalize: (picture, options) => {
    const pixels = new Float32Array(picture.pixels.length);
    normalizeInto(picture, options, pixels);
    return { pixels, height: picture.height, width: picture.width, channels: picture.channels };
  },
};

/** The pictures that come of one: itself changed, or ten of it after `tenCrop`. */
export function applyTransforms(picture: Image, transforms: readonly Transform[], random: RandomStream): Image[] {
  let pictures = [picture];
  for (const transform of transforms) pictures = pictures.flatMap((before) => applyOne(before, transform, random));
  return pictures;
}

function applyOne(picture: Image, transform: Transform, random: RandomStream): Image | Image[] {
  // The table's entry for a transform's own type takes this transform's options.
  const step = steps[transform.type] as Step<TransformName>;
  return step(picture, transform, random);
}

const ATTEMPTS = 10;

/** A part of the picture with a share of its area in `scale` and a ratio in `ratio`: torchvision's RandomResizedCrop. */
function drawPart(picture: Image, scale: Range, ratio: Range, random: RandomStream): Region {
  const part = tryPart(picture, scale, ratio, random);
  if (part !== null) return part;
  // A very long picture: the middle, in the ratio that is nearest to its own.
  const own = picture.width / picture.height;
  const height = own < ratio[0] ? Math.round(picture.width / ratio[0]) : picture.height;
  const width = own > ratio[1] ? Math.round(picture.height * ratio[1]) : picture.width;
  const fitting = {
    height: Math.min(Math.max(height, 1), picture.height),
    width: Math.min(Math.max(width, 1), picture.width),
  };
  const top = Math.floor((picture.height - fitting.height) / 2);
  const left = Math.floor((picture.width - fitting.width) / 2);
  return { top, left, ...fitting };
}

function tryPart({ height, width }: Image, scale: Range, ratio: Range, random: RandomStream): Region | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const area = height * width * random.uniform(scale[0], scale[1]);
    const drawn = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const part = { height: Math.round(Math.sqrt(area / drawn)), width: Math.round(Math.sqrt(area * drawn)) };
    if (part.height < 1 || part.width < 1 || part.height > height || part.width > width) continue;
    const top = random.integer(height - part.height + 1);
    const left = random.integer(width - part.width + 1);
    return { top, left, ...part };
  }
  return null;
}

/** Size of a picture after the transforms; null for what depends on the picture. */
export interface OutputSize {
  readonly height: number | null;
  readonly width: number | null;
  /** How many pictures one becomes: 1, or 10 after `tenCrop`. */
  readonly views: number;
}

/** What the transforms make of a picture of this size, without making it. */
export function outputSize(
  transforms: readonly Transform[],
  source?: { readonly height: number; readonly width: number },
): OutputSize {
  let sides: { readonly height: number; readonly width: number } | null = source ?? null;
  let views = 1;
  for (const transform of transforms) {
    if (!("size" in transform)) continue;
    if (transform.type === "tenCrop") views *= 10;
    if (transform.type !== "resize" || !transform.keepRatio) sides = sidesOf(transform.size);
    else if (sides !== null) sides = scaled(sides, sidesOf(transform.size).height);
  }
  return { height: sides?.height ?? null, width: sides?.width ?? null, views };
}

function scaled(
  { height, width }: { readonly height: number; readonly width: number },
  shortSide: number,
): { height: number; width: number } {
  if (height <= width) return { height: shortSide, width: Math.trunc((shortSide * width) / height) };
  return { height: Math.trunc((shortSide * height) / width), width: shortSide };
}

/** @throws ShapeError when a picture did not get the size of its batch. */
export function requireSides(picture: Image, height: number, width: number): void {
  if (picture.height === height && picture.width === width) return;
  throw new ShapeError({
    problem: `batch: a picture is ${picture.height} x ${picture.width}, those of the batch are ${height} x ${width}.`,
    fix: "end the transforms with centerCrop, randomCrop or randomResizedCrop.",
  });
}
