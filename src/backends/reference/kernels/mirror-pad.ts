import { type ConcreteShape, stridesOf } from "../../../core/shape.ts";
import type { MirrorPadAttrs } from "../../../ops/mirror-pad.ts";
import { coordinatesOf } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const mirrorPad: ReferenceKernel<"MirrorPad"> = ({ inputs: [x], outputs: [y], attrs }) => {
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = x!.data[mirrorIndex(i, y!.shape, x!.shape, attrs)]!;
};

/** The element of x, of shape `inner`, that element `index` of the padded tensor mirrors. */
export function mirrorIndex(index: number, padded: ConcreteShape, inner: ConcreteShape, attrs: MirrorPadAttrs): number {
  const { paddings, mode } = attrs;
  // How far from an element its mirror image lies when it stands right beside the edge.
  const edge = mode === "REFLECT" ? 0 : 1;
  const coordinates = coordinatesOf(index, padded).map((coordinate, axis) => {
    const at = coordinate - paddings[axis]![0];
    if (at < 0) return -at - edge;
    return at < inner[axis]! ? at : 2 * (inner[axis]! - 1) - at + edge;
  });
  return stridesOf(inner).reduce((sum, stride, axis) => sum + coordinates[axis]! * stride, 0);
}
