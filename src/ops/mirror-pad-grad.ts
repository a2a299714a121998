import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { MirrorPadAttrs } from "./mirror-pad.ts";
import { requireDType } from "./shared/requirements.ts";

/** Adds to each element what its mirror images received: the transpose of `MirrorPad`. */
export const MirrorPadGrad: OpDef<"MirrorPadGrad", ["dy"], MirrorPadAttrs> = defineOp({
  name: "MirrorPadGrad",
  inputs: ["dy"],
  infer: ({ dy }, { paddings }) => {
    requireDType("dy", dy, "float32");
    const shape = dy.shape.map((dimension, axis) =>
      dimension === null ? null : dimension - paddings[axis]![0] - paddings[axis]![1],
    );
    return { shape, dtype: dy.dtype };
  },
  gradient: ({ attrs: { paddings, mode }, dy }, ops) => ({ dy: ops.pad(dy, paddings, { mode }) }),
});

/** The gradient of `pad` in its mirrored modes. */
export function mirrorPadGrad(dy: Tensor, attrs: MirrorPadAttrs): Tensor {
  return apply(MirrorPadGrad, { dy }, attrs);
}
