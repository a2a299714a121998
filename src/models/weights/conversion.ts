import { NDArray } from "../../core/ndarray.ts";
import type { ConcreteShape } from "../../core/shape.ts";
import { inverse, permute } from "./permute.ts";

/** How a weight that is stored elsewhere becomes a variable's value, and back. */
export interface Conversion {
  /** The shape it has where it is stored. */
  readonly storedShape: ConcreteShape;
  load(stored: NDArray): NDArray;
  store(value: NDArray): NDArray;
}

/** Stored as it is here. */
export function same(shape: ConcreteShape): Conversion {
  return { storedShape: shape, load: (stored) => stored, store: (value) => value };
}

/** PyTorch's filters are [out, in, height, width], ours [height, width, in, out]. */
export function fromOIHW([height, width, inside, out]: ConcreteShape): Conversion {
  const stored = [out!, inside!, height!, width!];
  return permuted({ stored, view: stored, permutation: [2, 3, 1, 0], shape: [height!, width!, inside!, out!] });
}

/**
 * A fully connected layer of PyTorch is [out, in]; ours is [in, out].
 * @param from height, width and channels of what was flattened into `in`: PyTorch flattens channels first, we flatten
 * them last, so that a plain transpose would mix them up. `null` behind another fully connected layer.
 * @param kernel height and width when it is stored as a convolution, as timm does: [out, channels, height, width].
 */
export function fromOutIn(shape: ConcreteShape, from: ConcreteShape | null, asConvolution: boolean): Conversion {
  const [inside, out] = shape as readonly [number, number];
  const [height, width, channels] = from ?? [1, 1, inside];
  const view = [out, channels!, height!, width!];
  const stored = asConvolution ? view : [out, inside];
  return permuted({ stored, view, permutation: [2, 3, 1, 0], shape });
}

/** A vector with a number added to each element. */
export function shifted(shape: ConcreteShape, by: number): Conversion {
  if (by === 0) return same(shape);
  const plus = (array: NDArray, amount: number): NDArray =>
    new NDArray(
      "float32",
      shape,
      Float32Array.from(array.data, (x) => x + amount),
    );
  return { storedShape: shape, load: (stored) => plus(stored, by), store: (value) => plus(value, -by) };
}

/** Stored elements seen as `view`, axes permuted, seen as `shape`. */
function permuted(layout: {
  readonly stored: ConcreteShape;
  readonly view: ConcreteShape;
  readonly permutation: readonly number[];
  readonly shape: ConcreteShape;
}): Conversion {
  const { stored, view, permutation, shape } = layout;
  const seen = permutation.map((axis) => view[axis]!);
  return {
    storedShape: stored,
    load: ({ data }) => new NDArray("float32", shape, permute(data, view, permutation)),
    store: ({ data }) => new NDArray("float32", stored, permute(data, seen, inverse(permutation))),
  };
}
