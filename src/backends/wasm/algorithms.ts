/**
 * Which algorithm computes a convolution: a function of its geometry alone, so a program gets the same results in every run, on
 * every machine of one kind, with any number of threads.
 */

import type { Conv2DGeometry } from "../../ops/shared/conv2d-geometry.ts";

/** A form of Winograd's minimal filtering, F(results x results, taps x taps); see assembly/winograd-form.ts. */
export interface WinogradForm {
  /** As `explain` shows it. */
  readonly name: ConvolutionAlgorithm;
  /** How the names of its kernels end. */
  readonly suffix: string;
  /** Inputs of a tile along an axis: results + taps - 1. */
  readonly points: number;
  readonly results: number;
  readonly taps: number;
}

/** The algorithms that convolutions have; the numbers are the results of a tile. */
export type ConvolutionAlgorithm = "implicit im2col" | "winograd 2x2" | "winograd 4x4" | "winograd 6x6";

const FORMS: readonly WinogradForm[] = [
  { name: "winograd 4x4", suffix: "4x3", points: 6, results: 4, taps: 3 },
  { name: "winograd 6x6", suffix: "6x3", points: 8, results: 6, taps: 3 },
  { name: "winograd 2x2", suffix: "2x5", points: 6, results: 2, taps: 5 },
  { name: "winograd 4x4", suffix: "4x5", points: 8, results: 4, taps: 5 },
];

export interface Wish {
  /** Leave out algorithms that round more than the direct sum does. */
  readonly exact?: boolean | undefined;
  /** Take this one wherever it is possible, whatever the model says; for tests and measurements. */
  readonly convolution?: ConvolutionAlgorithm | undefined;
}

/**
 * The algorithm for a convolution of the forward pass. Its rounding decides which side of zero a relu sees and which cell
 * wins a max pool, and one such decision more or less shows in gradients far above rounding. So only a large one, where
 * there is much time to win and decisions are many, goes through transforms.
 */
export function chooseConvolution(g: Conv2DGeometry, wish: Wish): ConvolutionAlgorithm {
  return choose(g, wish, { directly: DIRECT * directCost(g), least: LEAST_FORWARD, costOf: winogradCost });
}

/** The algorithm for the gradient of the images. @param g of the convolution of dy that it is, as its kernel sees it. */
export function chooseInputGradient(g: Conv2DGeometry, wish: Wish): ConvolutionAlgorithm {
  return choose(g, wish, { directly: DIRECT * directCost(g), least: LEAST_COST, costOf: winogradCost });
}

/** The algorithm for the gradient of a filter. @param g of the forward convolution. */
export function chooseFilterGradient(g: Conv2DGeometry, wish: Wish): ConvolutionAlgorithm {
  return choose(g, wish, { directly: DIRECT_GRADIENT * directCost(g), least: LEAST_COST, costOf: filterGradientCost });
}

/** How one direction weighs its algorithms, in multiply-adds at peak. */
interface Model {
  /** What the direct sum costs. */
  readonly directly: number;
  /** Below this cost it stays direct. */
  readonly least: number;
  readonly costOf: (g: Conv2DGeometry, form: WinogradForm) => number;
}

function choose(
  g: Conv2DGeometry,
  { exact = false, convolution }: Wish,
  { directly, least: threshold, costOf }: Model,
): ConvolutionAlgorithm {
  if (exact || convolution === "implicit im2col") return "implicit im2col";
  const possible = formsFor(g);
  const wished = possible.find(({ name }) => name === convolution);
  if (wished !== undefined) return wished.name;
  // Small ones gain nothing that anybody would notice, and stay as exact as they can be.
  if (Math.min(g.inChannels, g.outChannels) < LEAST_CHANNELS || directly < threshold) return "implicit im2col";
  let best: ConvolutionAlgorithm = "implicit im2col";
  let least = directly;
  for (const form of possible) {
    // Eight points make filters large; one that comes from memory loses more than the fewer products win.
    if (form.points > 6 && winogradPlace(form, g) === "memory") continue;
    const cost = costOf(g, form);
    if (cost < least) [best, least] = [form.name, cost];
  }
  return best;
}

/** The form that an algorithm of a step means; undefined for others. */
export function winogradForm(algorithm: string | undefined, taps: number): WinogradForm | undefined {
  return FORMS.find((form) => form.name === algorithm && form.taps === taps);
}

/** Tiles of all images. */
export function tilesOf(g: Conv2DGeometry, { results }: WinogradForm): number {
  return g.batch * Math.ceil(g.outHeight / results) * Math.ceil(g.outWidth / results);
}

/** The forms that can compute it. */
function formsFor(g: Conv2DGeometry): WinogradForm[] {
  const steps = [g.strideHeight, g.strideWidth, g.dilationHeight, g.dilationWidth, g.groups];
  const some = g.inChannels > 0 && g.outChannels > 0 && g.batch * g.outHeight * g.outWidth > 0;
  if (!some || steps.some((step) => step !== 1) || g.kernelHeight !== g.kernelWidth) return [];
  return FORMS.filter(({ taps }) => taps === g.kernelHeight);
}

const LEAST_CHANNELS = 16;
/** Multiply-adds: about a tenth of a millisecond. */
const LEAST_COST = 4e6;
/** Multiply-adds: about ten milliseconds on two cores, AlexNet's layers from 16 images on. */
const LEAST_FORWARD = 2e9;

/** A transformed filter above this size comes from memory, not from the third-level cache. */
const CACHED_FILTER_BYTES = 12 * 2 ** 20;
/** What should be in the second-level cache between two uses of a tile's transform. */
const REUSE_BYTES = 640 * 1024;

/**
 * Where the parts of a Winograd convolution are while they are needed. `near`: transforms of images in the second-level cache, the
 * filter too, or almost. `far`: each task reads the filter from the third-level cache. `memory`: it comes from memory, so that
 * each stage is a launch of its own, which reads every part of it once.
 */
export type WinogradPlace = "near" | "far" | "memory";

export function winogradPlace(form: WinogradForm, g: Conv2DGeometry): WinogradPlace {
  const frequencies = form.points ** 2;
  if (4 * frequencies * g.inChannels * g.outChannels > CACHED_FILTER_BYTES) return "memory";
  // Twelve tiles at a time, and between two uses of a transform one panel of the filter.
  return frequencies * g.inChannels * (12 * 4 + 16 * 4) <= REUSE_BYTES ? "near" : "far";
}

// Costs in multiply-adds at peak, from measurements of the kernels (docs/performance.md).
/** What a multiply-add costs: direct, and by Winograd. */
const DIRECT = 1.12;
const BY_PLACE = { near: 1.15, far: 1.3, memory: 1.5 };
/** The same for gradients of filters, whose sums are longer and whose left sides are read across. */
const DIRECT_GRADIENT = 1.4;
const WINOGRAD_GRADIENT = 1.6;
/** Steps of k that starting and ending a tile of the micro-kernel costs. */
const SHORT_SUM = 10;
/** A value of a transform, with the memory that it comes from or goes to. */
const TRANSFORM = 16;
const FILTER = 40;
/** Channels that a task of a filter's gradient transforms its tiles for. */
const GRADIENT_BLOCK = 128;

function directCost(g: Conv2DGeometry): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  return g.batch * g.outHeight * g.outWidth * outChannels * (g.kernelHeight * g.kernelWidth * g.inChannels + SHORT_SUM);
}

function winogradCost(g: Conv2DGeometry, form: WinogradForm): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  const products = BY_PLACE[winogradPlace(form, g)] * outChannels * (g.inChannels + SHORT_SUM);
  const transforms = TRANSFORM * (g.inChannels + outChannels);
  return form.points ** 2 * (tilesOf(g, form) * (products + transforms) + FILTER * g.inChannels * outChannels);
}

function filterGradientCost(g: Conv2DGeometry, form: WinogradForm): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  const products = WINOGRAD_GRADIENT * g.inChannels * outChannels;
  // Channels are taken in blocks, and each block of the one transforms its tiles for each block of the other.
  const inputs = g.inChannels * Math.ceil(outChannels / GRADIENT_BLOCK);
  const outputs = outChannels * Math.ceil(g.inChannels / GRADIENT_BLOCK);
  const transforms = TRANSFORM * (inputs + outputs);
  return form.points ** 2 * (tilesOf(g, form) * (products + transforms) + FILTER * g.inChannels * outChannels);
}
