import { NDArray } from "../../core/ndarray.ts";
import type { ConcreteShape } from "../../core/shape.ts";
import { inverse, permute } from "./permute.ts";

/** How a weight that is stored elsewhere becomes a variable's value, and back. */
export interface Conversion {
  /** The shape it has where it is stored. */
  readonly storedShape: ConcreteShape;
  /** Another shape that `load` takes: of the same layer in a network for images of another size. */
  readonly alsoLoads?: ConcreteShape;
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

/**
 * The same layer behind PyTorch's adaptive average pool, which makes a grid of one size out of images of any: the pool is
 * linear, so that it and the layer are one matrix. What is computed is what torchvision computes of such images.
 *
 * @param from height, width and channels of what is flattened here. @param grid height and width behind the pool.
 */
export function fromPooledOutIn(
  shape: ConcreteShape,
  from: ConcreteShape,
  { grid, asConvolution }: { readonly grid: number; readonly asConvolution: boolean },
): Conversion {
  const direct = fromOutIn(shape, from, asConvolution);
  const [height, width, channels] = from as readonly [number, number, number];
  if (height === grid && width === grid) return direct;
  const out = shape[1]!;
  const pooled = [out, channels, grid, grid];
  const rows = adaptiveWindows(height, grid);
  const columns = adaptiveWindows(width, grid);
  const fold = ({ data }: NDArray): NDArray => {
    const folded = new Float32Array(out * channels * height * width);
    for (let plane = 0; plane < out * channels; plane++) {
      for (let cell = 0; cell < grid * grid; cell++) {
        const [top, bottom] = rows[Math.floor(cell / grid)]!;
        const [left, right] = columns[cell % grid]!;
        const share = data[plane * grid * grid + cell]! / ((bottom - top) * (right - left));
        for (let y = top; y < bottom; y++) {
          const row = (plane * height + y) * width;
          for (let x = left; x < right; x++) folded[row + x] = folded[row + x]! + share;
        }
      }
    }
    return new NDArray("float32", direct.storedShape, folded);
  };
  const size = direct.storedShape.reduce((product, dimension) => product * dimension, 1);
  return {
    ...direct,
    alsoLoads: asConvolution ? pooled : [out, channels * grid * grid],
    load: (stored) => direct.load(stored.data.length === size ? stored : fold(stored)),
  };
}

/** What each cell of an adaptive average pool averages: [begin, end). @see torch.nn.AdaptiveAvgPool2d. */
function adaptiveWindows(from: number, to: number): [number, number][] {
  return Array.from({ length: to }, (_, cell) => [Math.floor((cell * from) / to), Math.ceil(((cell + 1) * from) / to)]);
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
