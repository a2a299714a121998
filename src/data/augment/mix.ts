import { ValueError } from "../../core/errors.ts";
import type { RandomStream } from "../random-stream.ts";

/** Mixes each picture of a batch with another one of it, and their classes in the same ratio. */
export type Mix =
  /** A weighted mean of two pictures. @see Zhang et al., "mixup: beyond empirical risk minimization", 2018. */
  | { readonly type: "mixup"; readonly alpha?: number }
  /** A rectangle of one picture in the other. @see Yun et al., "CutMix: regularization strategy to train strong classifiers", 2019. */
  | { readonly type: "cutmix"; readonly alpha?: number };

/** mixup with Beta(alpha, alpha), default 0.2: a batch also gets `targets`, a distribution over the classes. */
export function mixup(options: { readonly alpha?: number } = {}): Mix {
  return { type: "mixup", alpha: requireAlpha("mixup", options.alpha ?? 0.2) };
}

/** cutmix with Beta(alpha, alpha), default 1: a batch also gets `targets`, a distribution over the classes. */
export function cutmix(options: { readonly alpha?: number } = {}): Mix {
  return { type: "cutmix", alpha: requireAlpha("cutmix", options.alpha ?? 1) };
}

function requireAlpha(name: string, alpha: number): number {
  if (Number.isFinite(alpha) && alpha > 0) return alpha;
  throw new ValueError({
    problem: `${name}: alpha is ${alpha}.`,
    fix: "pass a number above 0; 0.2 mixes little, 1 evenly.",
  });
}

/** Pictures of one size, mixed where they are. */
export interface MixedBatch {
  /** `[size, height, width, channels]`. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  /** `[size, classes]`, overwritten. */
  readonly targets: Float32Array;
  readonly size: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

/**
 * Mixes picture i with picture i - 1 (the first with the last), in place; which is random enough in a shuffled batch, and is
 * what timm and torchvision do. One ratio serves the whole batch.
 */
export function mixBatch(batch: MixedBatch, mix: Mix, random: RandomStream): void {
  const { size, targets } = batch;
  if (size === 0) return;
  const alpha = mix.alpha ?? 1;
  const drawn = random.beta(alpha, alpha);
  const kept = mix.type === "mixup" ? blendNeighbours(batch, drawn) : cutNeighbours(batch, drawn, random);
  targets.fill(0);
  for (let row = 0; row < size; row++) {
    const at = row * batch.classes;
    const own = at + batch.labels[row]!;
    const other = at + batch.labels[(row + size - 1) % size]!;
    targets[own] = targets[own]! + kept;
    targets[other] = targets[other]! + 1 - kept;
  }
}

function blendNeighbours({ images, size }: MixedBatch, kept: number): number {
  const length = images.length / size;
  const last = images.slice(images.length - length);
  // From the end, so that the neighbour is still as it was.
  for (let row = size - 1; row >= 0; row--) {
    const at = row * length;
    for (let i = 0; i < length; i++) {
      const other = row === 0 ? last[i]! : images[at - length + i]!;
      images[at + i] = kept * images[at + i]! + (1 - kept) * other;
    }
  }
  return kept;
}

/** The rectangle keeps the ratio of the picture and is cut off at its edges: what was really kept is returned. */
function cutNeighbours(
  { images, size, height, width, channels }: MixedBatch,
  drawn: number,
  random: RandomStream,
): number {
  const side = Math.sqrt(1 - drawn);
  const centerY = random.integer(height);
  const centerX = random.integer(width);
  const top = Math.max(Math.round(centerY - (side * height) / 2), 0);
  const left = Math.max(Math.round(centerX - (side * width) / 2), 0);
  const bottom = Math.min(Math.round(centerY + (side * height) / 2), height);
  const right = Math.min(Math.round(centerX + (side * width) / 2), width);
  if (bottom <= top || right <= left) return 1;
  const length = height * width * channels;
  const last = images.slice((size - 1) * length, size * length);
  for (let row = size - 1; row >= 0; row--) {
    for (let y = top; y < bottom; y++) {
      const from = (y * width + left) * channels;
      const to = (y * width + right) * channels;
      const other =
        row === 0 ? last.subarray(from, to) : images.subarray((row - 1) * length + from, (row - 1) * length + to);
      images.set(other, row * length + from);
    }
  }
  return 1 - ((bottom - top) * (right - left)) / (height * width);
}
