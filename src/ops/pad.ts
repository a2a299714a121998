import type { Checked, LengthProblem, Pad as Padded, Paddings } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { MirrorPad } from "./mirror-pad.ts";
import { paddedShape } from "./shared/padded-shape.ts";
import { NO_MASKS } from "./shared/slice-spec.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";
import { atCallSite } from "./shared/at-call-site.ts";
import { toElement } from "../core/ndarray.ts";

export interface PadAttrs {
  readonly paddings: Paddings;
  readonly constantValue: number;
}

export const Pad: OpDef<"Pad", ["x"], PadAttrs> = defineOp({
  name: "Pad",
  inputs: ["x"],
  infer: ({ x }, { paddings }) => ({ shape: paddedShape(x.shape, paddings), dtype: x.dtype }),
  isIdentity: (_inputs, { paddings }) => paddings.every(([before, after]) => before === 0 && after === 0),
  gradient: ({ inputs: { x }, attrs: { paddings }, dy }, ops) => ({
    x: ops.reshapeLike(
      ops.stridedSlice(
        dy,
        paddings.map(([before]) => before),
        paddings.map(([, after]) => -after),
        {
          ...NO_MASKS,
          // -0 would end before the first element.
          endMask: paddings.reduce((mask, [, after], axis) => (after === 0 ? mask | (1 << axis) : mask), 0),
        },
      ),
      x,
    ),
  }),
});

export interface PadOptions extends OpOptions {
  /**
   * What goes in: `constantValue` (default); the elements inside mirrored at the edge without the edge itself
   * (`REFLECT`: 3 2 | 1 2 3) or with it (`SYMMETRIC`: 2 1 | 1 2 3).
   */
  readonly mode?: "CONSTANT" | "REFLECT" | "SYMMETRIC";
  /** Default 0. */
  readonly constantValue?: number;
}

/**
 * Adds elements around a tensor.
 *
 * @param paddings how many before and after, for each axis: `[[0, 0], [2, 2], [2, 2], [0, 0]]` for images.
 * @throws ValueError when the paddings are no such list, or too large to mirror, or the dtype does not hold the constant.
 */
export function pad<const X extends TensorLike, const By extends Paddings>(
  x: X,
  paddings: Checked<By, LengthProblem<"pad", ShapeOf<X>, "paddings", By>>,
  options: PadOptions = {},
): Tensor<Padded<ShapeOf<X>, By>, DTypeOf<X>> {
  requireOptions("pad", options, "mode");
  const { mode = "CONSTANT", constantValue = 0 } = options;
  const list = paddings as Paddings;
  const tensor = toTensor(x);
  if (mode !== "CONSTANT") return apply(MirrorPad, { x: tensor }, { paddings: list, mode }, options);
  const value = atCallSite(() => toElement(constantValue, tensor.dtype), "pad: constantValue");
  return apply(Pad, { x: tensor }, { paddings: list, constantValue: value }, options);
}
