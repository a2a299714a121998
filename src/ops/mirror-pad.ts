import type { Paddings } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { paddedShape } from "./shared/padded-shape.ts";
import { requireValue } from "./shared/requirements.ts";
import { printValue } from "../core/print-value.ts";

export interface MirrorPadAttrs {
  readonly paddings: Paddings;
  readonly mode: "REFLECT" | "SYMMETRIC";
}

/** The mirrored modes of `pad`. */
export const MirrorPad: OpDef<"MirrorPad", ["x"], MirrorPadAttrs> = defineOp({
  name: "MirrorPad",
  calledAs: "pad",
  flops: () => 0,
  inputs: ["x"],
  infer: ({ x }, { paddings, mode }) => {
    requireValue(
      mode === "REFLECT" || mode === "SYMMETRIC",
      `mode is ${printValue(mode)}.`,
      'use "CONSTANT", "REFLECT" or "SYMMETRIC".',
    );
    const shape = paddedShape(x.shape, paddings);
    for (const [axis, dimension] of x.shape.entries()) {
      if (dimension === null) continue;
      const most = mode === "REFLECT" ? Math.max(dimension - 1, 0) : dimension;
      requireValue(
        Math.max(...paddings[axis]!) <= most,
        `axis ${axis} of ${dimension} elements has only ${most} to mirror, the paddings are [${paddings[axis]!.join(", ")}].`,
        `pad by ${most} or less.`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  isIdentity: (_inputs, { paddings }) => paddings.every(([before, after]) => before === 0 && after === 0),
  gradient: ({ inputs: { x }, attrs, dy }, ops) => ({ x: ops.reshapeLike(ops.mirrorPadGrad(dy, attrs), x) }),
});
