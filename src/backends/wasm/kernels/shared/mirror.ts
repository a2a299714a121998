import { BYTES_PER_ELEMENT } from "../../../../core/dtype.ts";
import { type ConcreteShape, stridesOf } from "../../../../core/shape.ts";
import type { MirrorPadAttrs } from "../../../../ops/mirror-pad.ts";
import type { Placed } from "../../kernel.ts";
import type { CopyWalk } from "./strided.ts";

/** Part of an axis of a padded tensor: `size` elements from `padded` on, which mirror x's from `inner` on, `step` apart. */
interface Segment {
  readonly size: number;
  readonly padded: number;
  readonly inner: number;
  readonly step: 1 | -1;
}

/**
 * The boxes that a mirrored padding consists of, as walks from `x` to the padded `y`: each axis has a middle and up to
 * two mirrored edges, and a box is a choice for each axis. The first is the middle itself.
 */
export function mirrorWalks(x: Placed, y: Placed, attrs: MirrorPadAttrs): CopyWalk[] {
  const inner = stridesOf(x.shape);
  const padded = stridesOf(y.shape);
  const bytes = BYTES_PER_ELEMENT[x.dtype];
  return boxesOf(x.shape, attrs).map((box) => {
    const from = box.reduce((sum, segment, axis) => sum + segment.inner * inner[axis]!, 0);
    const to = box.reduce((sum, segment, axis) => sum + segment.padded * padded[axis]!, 0);
    return {
      from: x.address + from * bytes,
      to: y.address + to * bytes,
      dtype: x.dtype,
      dimensions: box.map(({ size, step }, axis) => ({ size, from: step * inner[axis]!, to: padded[axis]! })),
    };
  });
}

function boxesOf(shape: ConcreteShape, { paddings, mode }: MirrorPadAttrs): Segment[][] {
  const edge = mode === "REFLECT" ? 1 : 0;
  let boxes: Segment[][] = [[]];
  for (const [axis, size] of shape.entries()) {
    const [before, after] = paddings[axis]!;
    const segments: Segment[] = [
      { size, padded: before, inner: 0, step: 1 },
      { size: before, padded: 0, inner: before - 1 + edge, step: -1 },
      { size: after, padded: before + size, inner: size - 1 - edge, step: -1 },
    ];
    const wanted = segments.filter((segment, index) => index === 0 || segment.size > 0);
    boxes = boxes.flatMap((box) => wanted.map((segment) => [...box, segment]));
  }
  return boxes;
}
