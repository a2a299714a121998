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
export type ConvolutionAlgorithm = "implicit im2col" | "winograd 2x2" | "winograd 4x4";

const FORMS: readonly WinogradForm[] = [
  { name: "winograd 4x4", suffix: "4x3", points: 6, results: 4, taps: 3 },
  { name: "winograd 2x2", suffix: "2x5", points: 6, results: 2, taps: 5 },
];

export interface Wish {
  /** Leave out algorithms that round more than the direct sum does. */
  readonly exact?: boolean | undefined;
  /** Take this one wherever it is possible, whatever the model says; for tests and measurements. */
  readonly convolution?: ConvolutionAlgorithm | undefined;
}

/**
 * The algorithm for a convolution.
 * @param g as the kernel sees it: for the gradient of the images, of the convolution of dy that it is.
 */
export function chooseConvolution(g: Conv2DGeometry, wish: Wish): ConvolutionAlgorithm {
  return choose(g, wish, directCost(g), winogradCost);
}

/** The algorithm for the gradient of a filter. @param g of the forward convolution. */
export function chooseFilterGradient(g: Conv2DGeometry, wish: Wish): ConvolutionAlgorithm {
  return choose(g, wish, FILTER_GRADIENT * directCost(g), filterGradientCost);
}

function choose(
  g: Conv2DGeometry,
  { exact = false, convolution }: Wish,
  directly: number,
  costOf: (g: Conv2DGeometry, form: WinogradForm) => number,
): ConvolutionAlgorithm {
  if (exact || convolution === "implicit im2col") return "implicit im2col";
  const possible = formsFor(g);
  const wished = possible.find(({ name }) => name === convolution);
  if (wished !== undefined) return wished.name;
  // Small ones gain nothing that anybody would notice, and stay as exact as they can be.
  if (Math.min(g.inChannels, g.outChannels) < LEAST_CHANNELS || directly < LEAST_COST) return "implicit im2col";
  let best: ConvolutionAlgorithm = "implicit im2col";
  let least = directly;
  for (const form of possible) {
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

// Costs in multiply-adds of the micro-kernel. A transform of one value costs about as much as so many of them.
const INPUT = 9;
const OUTPUT = 9;
const FILTER = 8;
/** Gradients of filters run at so many times the cost of other products. */
const FILTER_GRADIENT = 1.25;
const GRADIENT_BLOCK = 128;
/** Multiply-adds that starting and ending a tile of the micro-kernel costs, for each step of k it saves at least. */
const SHORT_SUM = 10;

function directCost(g: Conv2DGeometry): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  return g.batch * g.outHeight * g.outWidth * outChannels * (g.kernelHeight * g.kernelWidth * g.inChannels + SHORT_SUM);
}

function winogradCost(g: Conv2DGeometry, form: WinogradForm): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  const tile = outChannels * (g.inChannels + SHORT_SUM) + INPUT * g.inChannels + OUTPUT * outChannels;
  return form.points ** 2 * (tilesOf(g, form) * tile + FILTER * g.inChannels * outChannels);
}

function filterGradientCost(g: Conv2DGeometry, form: WinogradForm): number {
  const outChannels = 16 * Math.ceil(g.outChannels / 16);
  // Channels are taken in blocks, and each block of the one transforms its tiles for each block of the other.
  const inputs = INPUT * g.inChannels * Math.ceil(outChannels / GRADIENT_BLOCK);
  const outputs = OUTPUT * outChannels * Math.ceil(g.inChannels / GRADIENT_BLOCK);
  const tile = FILTER_GRADIENT * g.inChannels * outChannels + inputs + outputs;
  return form.points ** 2 * (tilesOf(g, form) * tile + FILTER * g.inChannels * outChannels);
}
