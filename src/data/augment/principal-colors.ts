import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Image, ImageSource } from "../image.ts";
import { RandomStream } from "../random-stream.ts";

/** The colours of a set of pictures, in values from 0 to 255. */
export interface ColorStatistics {
  /** Of red, green, blue. */
  readonly mean: readonly number[];
  /** Standard deviations of red, green, blue. */
  readonly deviation: readonly number[];
  /** Variances along the principal axes, largest first. */
  readonly eigenvalues: readonly number[];
  /** The principal axes: row i belongs to eigenvalue i, and is a unit vector (red, green, blue). */
  readonly eigenvectors: readonly (readonly number[])[];
}

/**
 * ImageNet's, in values from 0 to 255: published by Krizhevsky's and Torch's code for values from 0 to 1 as eigenvalues
 * 0.2175, 0.0188, 0.0045.
 *
 * @see https://github.com/facebookarchive/fb.resnet.torch/blob/master/datasets/imagenet.lua
 */
export const imagenetColors: ColorStatistics = {
  mean: [123.675, 116.28, 103.53],
  deviation: [58.395, 57.12, 57.375],
  eigenvalues: [0.2175 * 255 ** 2, 0.0188 * 255 ** 2, 0.0045 * 255 ** 2],
  eigenvectors: [
    [-0.5675, -0.5808, -0.5836],
    [0.7192, -0.0045, -0.6948],
    [0.4009, -0.814, 0.4203],
  ],
};

export interface ColorStatisticsOptions {
  /** How many pictures are looked at, drawn by the seed; default 1,000. */
  readonly samples?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Mean, deviation and principal axes of the colours of some pictures; those that cannot be read are left out. */
export async function colorStatistics(
  source: ImageSource,
  options: ColorStatisticsOptions = {},
): Promise<ColorStatistics> {
  const { samples = 1000, seed = 0 } = options;
  const sums = new ColorSums();
  for (const index of new RandomStream(seed, "split").permutation(source.size).subarray(0, samples)) {
    let picture: Image;
    try {
      picture = await source.get(index);
    } catch {
      continue;
    }
    sums.add(picture);
  }
  return sums.finish();
}

/** First and second moments. */
class ColorSums {
  readonly #first = [0, 0, 0];
  readonly #second = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  #count = 0;

  add({ pixels, channels }: Image): void {
    if (channels !== 3) {
      throw new ShapeError({
        problem: `colorStatistics: a picture has ${channels} channels, not 3.`,
        fix: "use pictures in colour.",
      });
    }
    for (let at = 0; at < pixels.length; at += 3) {
      for (let i = 0; i < 3; i++) {
        const value = pixels[at + i]!;
        this.#first[i] = this.#first[i]! + value;
        for (let j = i; j < 3; j++) this.#second[3 * i + j] = this.#second[3 * i + j]! + value * pixels[at + j]!;
      }
    }
    this.#count += pixels.length / 3;
  }

  finish(): ColorStatistics {
    if (this.#count === 0) {
      throw new ValueError({
        problem: "colorStatistics: no picture could be read.",
        fix: "look with `millrace inspect`.",
      });
    }
    const mean = this.#first.map((sum) => sum / this.#count);
    const covariance = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) => this.#second[3 * Math.min(i, j) + Math.max(i, j)]! / this.#count - mean[i]! * mean[j]!),
    );
    const deviation = [0, 1, 2].map((i) => Math.sqrt(Math.max(covariance[i]![i]!, 0)));
    return { mean, deviation, ...eigen(covariance) };
  }
}

/**
 * Eigenvalues, largest first, and unit eigenvectors (rows) of a small symmetric matrix.
 *
 * @see Golub, Van Loan, Matrix Computations, 8.5: Jacobi's method; a handful of sweeps reach the last bit.
 */
export function eigen(symmetric: readonly (readonly number[])[]): { eigenvalues: number[]; eigenvectors: number[][] } {
  const size = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
  }
  const order = a.map((_, index) => index).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    eigenvalues: order.map((index) => Math.max(a[index]![index]!, 0)),
    eigenvectors: order.map((index) => vectors[index]!),
  };
}

/** Makes a[p][q] zero by turning the plane of axes p and q. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (rows: number[][]): void => {
    for (let k = 0; k < a.length; k++) {
      const x = rows[p]![k]!;
      const y = rows[q]![k]!;
      rows[p]![k] = c * x - s * y;
      rows[q]![k] = s * x + c * y;
    }
  };
  turn(a);
  for (const row of a) {
    const x = row[p]!;
    const y = row[q]!;
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  turn(vectors);
}
