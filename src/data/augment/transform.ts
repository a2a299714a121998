/**
 * Augmentations as plain data: `randomFlip()` is `{ type: "randomFlip", probability: 0.5 }`. So a list of them can be
 * sent to worker threads and written into a run's configuration. `apply.ts` says what each does.
 */
import { ValueError } from "../../core/errors.ts";
import { type ColorStatistics, imagenetColors } from "./principal-colors.ts";

/** One number for a square, or both sides. */
export type Size = number | { readonly height: number; readonly width: number };

export type Range = readonly [low: number, high: number];

export interface TransformOptions {
  readonly resize: { readonly size: Size; readonly keepRatio: boolean };
  readonly centerCrop: { readonly size: Size };
  readonly tenCrop: { readonly size: Size };
  readonly randomResizedCrop: { readonly size: Size; readonly scale: Range; readonly ratio: Range };
  readonly randomCrop: { readonly size: Size; readonly padding: number; readonly mode: "zeros" | "reflect" };
  readonly randomFlip: { readonly probability: number };
  readonly colorJitter: {
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  };
  readonly pcaJitter: {
    readonly deviation: number;
    readonly eigenvalues: readonly number[];
    readonly eigenvectors: readonly (readonly number[])[];
  };
  readonly randomErasing: {
    readonly probability: number;
    readonly scale: Range;
    readonly ratio: Range;
    readonly value: number;
  };
  readonly normalize: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
    readonly order: "rgb" | "bgr";
  };
}

export type TransformName = keyof TransformOptions;

/** One step from a picture to what a network reads. */
export type Transform = { [Name in TransformName]: { readonly type: Name } & TransformOptions[Name] }[TransformName];

type Of<Name extends TransformName> = Extract<Transform, { type: Name }>;

/** Scales bilinearly with antialiasing: a number is the new shorter side (the ratio stays), two sides are the new size. */
export function resize(size: Size): Of<"resize"> {
  return { type: "resize", size: requireSize("resize", size), keepRatio: typeof size === "number" };
}

/** The middle of the picture. */
export function centerCrop(size: Size): Of<"centerCrop"> {
  return { type: "centerCrop", size: requireSize("centerCrop", size) };
}

/** Four corners, the middle, and the same mirrored: a picture becomes ten, over which predictions are averaged. */
export function tenCrop(size: Size): Of<"tenCrop"> {
  return { type: "tenCrop", size: requireSize("tenCrop", size) };
}

/**
 * A random part of the picture, scaled to `size`: `scale` bounds its share of the area, `ratio` its width over height.
 *
 * @see Szegedy et al., "Going deeper with convolutions", 2015, section 6; the algorithm is torchvision's.
 */
export function randomResizedCrop(
  size: Size,
  options: { readonly scale?: Range; readonly ratio?: Range } = {},
): Of<"randomResizedCrop"> {
  const { scale = [0.08, 1], ratio = [3 / 4, 4 / 3] } = options;
  requireRange("randomResizedCrop", "scale", scale, 1);
  requireRange("randomResizedCrop", "ratio", ratio, Number.POSITIVE_INFINITY);
  return { type: "randomResizedCrop", size: requireSize("randomResizedCrop", size), scale, ratio };
}

/** A random rectangle of this size, after `padding` pixels of zeros (or of the picture's mirror image) on every side. */
export function randomCrop(
  size: Size,
  options: { readonly padding?: number; readonly mode?: "zeros" | "reflect" } = {},
): Of<"randomCrop"> {
  const { padding = 0, mode = "zeros" } = options;
  requireWithin("randomCrop", "padding", padding, 0, 10_000);
  return { type: "randomCrop", size: requireSize("randomCrop", size), padding: Math.round(padding), mode };
}

/** Mirrors left and right with this probability, default 0.5. */
export function randomFlip(probability = 0.5): Of<"randomFlip"> {
  requireWithin("randomFlip", "probability", probability, 0, 1);
  return { type: "randomFlip", probability };
}

/**
 * Changes brightness, contrast, saturation and hue in random order, like torchvision's ColorJitter: each factor is uniform
 * in [1 - x, 1 + x], the hue turns by up to `hue` of the circle (at most 0.5). Default of each: 0, unchanged.
 */
export function colorJitter(
  options: {
    readonly brightness?: number;
    readonly contrast?: number;
    readonly saturation?: number;
    readonly hue?: number;
  } = {},
): Of<"colorJitter"> {
  const { brightness = 0, contrast = 0, saturation = 0, hue = 0 } = options;
  for (const [name, value] of Object.entries({ brightness, contrast, saturation }))
    requireWithin("colorJitter", name, value, 0, 100);
  requireWithin("colorJitter", "hue", hue, 0, 0.5);
  return { type: "colorJitter", brightness, contrast, saturation, hue };
}

/**
 * The AlexNet paper's colour jitter: adds to every pixel the principal axes of the data's colours, each times its
 * eigenvalue times a normal number of this deviation (default 0.1).
 *
 * @param colors from `colorStatistics`; default ImageNet's. Their eigenvalues are variances of values from 0 to 255; the
 * paper's and Torch's are of values from 0 to 1, so here an eigenvalue / 255 is what moves values from 0 to 255.
 * @see Krizhevsky, Sutskever, Hinton, 2012, section 4.1.
 */
export function pcaJitter(
  colors: Pick<ColorStatistics, "eigenvalues" | "eigenvectors"> = imagenetColors,
  options: { readonly deviation?: number } = {},
): Of<"pcaJitter"> {
  const { deviation = 0.1 } = options;
  requireWithin("pcaJitter", "deviation", deviation, 0, 100);
  const fits = colors.eigenvalues.length === 3 && colors.eigenvectors.length === 3;
  if (!fits)
    throw new ValueError({
      problem: "pcaJitter: colours have three eigenvalues and eigenvectors.",
      fix: "pass what colorStatistics returned.",
    });
  const { eigenvalues, eigenvectors } = colors;
  return { type: "pcaJitter", deviation, eigenvalues, eigenvectors };
}

/**
 * Fills a random rectangle with `value`: after `normalize`, 0 is the mean colour.
 *
 * @see Zhong et al., "Random erasing data augmentation", 2017.
 */
export function randomErasing(
  options: {
    readonly probability?: number;
    readonly scale?: Range;
    readonly ratio?: Range;
    readonly value?: number;
  } = {},
): Of<"randomErasing"> {
  const { probability = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 } = options;
  requireWithin("randomErasing", "probability", probability, 0, 1);
  requireRange("randomErasing", "scale", scale, 1);
  requireRange("randomErasing", "ratio", ratio, Number.POSITIVE_INFINITY);
  return { type: "randomErasing", probability, scale, ratio, value };
}

/**
 * (value - mean) / deviation for each channel; values, mean and deviation from 0 to 255. Means and deviations are of red,
 * green, blue (one number serves all channels), whatever order the channels leave in.
 */
export function normalize(options: {
  readonly mean: number | readonly number[];
  readonly deviation?: number | readonly number[];
  readonly order?: "rgb" | "bgr";
}): Of<"normalize"> {
  const { mean, deviation = 1, order = "rgb" } = options;
  const list = (value: number | readonly number[]): readonly number[] => (typeof value === "number" ? [value] : value);
  if (!list(deviation).every((value) => Number.isFinite(value) && value > 0)) {
    throw new ValueError({
      problem: `normalize: the deviation is ${String(deviation)}.`,
      fix: "pass numbers above 0.",
    });
  }
  return { type: "normalize", mean: list(mean), deviation: list(deviation), order };
}

/** Both sides. */
export function sidesOf(size: Size): { readonly height: number; readonly width: number } {
  return typeof size === "number" ? { height: size, width: size } : size;
}

function requireSize(name: string, size: Size): Size {
  const { height, width } = sidesOf(size);
  if (Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0) return size;
  throw new ValueError({
    problem: `${name}: ${height} x ${width} is no size of a picture.`,
    fix: "pass whole numbers above 0.",
  });
}

function requireWithin(name: string, option: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  throw new ValueError({ problem: `${name}: ${option} is ${value}.`, fix: `pass a number from ${low} to ${high}.` });
}

function requireRange(name: string, option: string, [low, high]: Range, most: number): void {
  if (low > 0 && low <= high && high <= most) return;
  throw new ValueError({
    problem: `${name}: ${option} is [${low}, ${high}].`,
    fix: `pass [low, high] with 0 < low <= high${Number.isFinite(most) ? ` <= ${most}` : ""}.`,
  });
}
