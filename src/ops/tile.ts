import type { Checked, LengthProblem, Tile as Tiled } from "../core/shape-types.ts";
import { formatShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface TileAttrs {
  readonly multiples: readonly number[];
}

export const Tile: OpDef<"Tile", ["x"], TileAttrs> = defineOp({
  name: "Tile",
  inputs: ["x"],
  infer: ({ x }, { multiples }) => {
    requireList("multiples", multiples, `pass ${x.shape.length} integers of 0 or more.`);
    requireValue(
      multiples.length === x.shape.length && multiples.every((count) => Number.isInteger(count) && count >= 0),
      `multiples [${multiples.join(", ")}] do not fit ${formatShape(x.shape)}.`,
      `pass ${x.shape.length} integers of 0 or more.`,
    );
    const shape = x.shape.map((dimension, axis) => (dimension === null ? null : dimension * multiples[axis]!));
    return { shape, dtype: x.dtype };
  },
  isIdentity: (_inputs, { multiples }) => multiples.every((count) => count === 1),
  gradient: ({ inputs: { x }, attrs: { multiples }, dy }, ops) => ({ x: ops.tileGrad(dy, x, multiples) }),
});

/**
 * x repeated `multiples[i]` times along axis i.
 *
 * @throws ValueError when there is not one multiple for each axis.
 */
export function tile<const X extends TensorLike, const By extends readonly number[]>(
  x: X,
  multiples: Checked<By, LengthProblem<"tile", ShapeOf<X>, "multiples", By>>,
  options: OpOptions = {},
): Tensor<Tiled<ShapeOf<X>, By>, DTypeOf<X>> {
  return apply(Tile, { x: toTensor(x) }, { multiples: multiples as readonly number[] }, options);
}
