import { ValueError } from "../core/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { addN, div, l2Loss, maximum, mul, sqrt } from "../ops/index.ts";

/**
 * The norm of all tensors together, as if they were one vector: sqrt(sum of squares). Nulls are skipped.
 * @throws ValueError when there is no tensor at all.
 */
export function globalNorm(tensors: readonly (Tensor | null)[]): Tensor<[], "float32"> {
  const present = tensors.filter((tensor) => tensor !== null);
  if (present.length === 0) {
    throw new ValueError({
      problem: "globalNorm: there are no tensors.",
      fix: "pass at least one tensor that is not null.",
    });
  }
  // l2Loss is half the sum of squares.
  return sqrt(mul(addN(present.map((tensor) => l2Loss(tensor))), 2));
}

/**
 * Scales all tensors by one factor so that their global norm is at most `clipNorm`: t * clipNorm / max(norm, clipNorm).
 *
 * @param tensors gradients; nulls stay null. @param clipNorm a number or scalar above 0.
 * @returns the scaled tensors, and the norm before scaling. A NaN or infinite norm makes all of them NaN, as in
 * TensorFlow, so that it is noticed.
 * @see Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
 */
export function clipByGlobalNorm(
  tensors: readonly (Tensor | null)[],
  clipNorm: number | Tensor,
  options: { readonly useNorm?: Tensor } = {},
): { readonly clipped: (Tensor | null)[]; readonly globalNorm: Tensor } {
  const norm = options.useNorm ?? globalNorm(tensors);
  // norm - norm is 0 for finite norms and NaN for the others.
  const scale = div(clipNorm, maximum(norm, clipNorm)).add(norm.sub(norm));
  return { clipped: tensors.map((tensor) => (tensor === null ? null : mul(tensor, scale))), globalNorm: norm };
}
