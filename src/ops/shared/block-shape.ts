import { ShapeError, ValueError } from "../../core/errors.ts";
import { formatShape } from "../../core/shape.ts";
import { CallSite } from "../../graph/call-site.ts";
import type { Tensor } from "../../graph/tensor.ts";

/**
 * `[batch, height, width, channels]` of images whose blocks are moved by reshaping: -1 for the one dimension that may be
 * unknown, which must not be the channels.
 *
 * @throws ShapeError, ValueError when the images do not have that form, or what `divides` lists is no multiple of its number.
 */
export function blockShape(
  op: string,
  images: Tensor,
  blockSize: number,
  divides: { readonly channels?: number; readonly sides?: number },
): readonly [number, number, number, number] {
  if (!(Number.isInteger(blockSize) && blockSize >= 1)) {
    throw new ValueError({
      problem: `${op}: blockSize is ${blockSize}.`,
      fix: "use an integer of 1 or more.",
      site: new CallSite().line,
    });
  }
  const { shape } = images;
  const [, height = null, width = null, channels = null] = shape;
  const isMultiple = (dimension: number | null, of = 1): boolean => dimension === null || dimension % of === 0;
  const fits =
    isMultiple(channels, divides.channels) && [height, width].every((side) => isMultiple(side, divides.sides));
  const unknown = shape.filter((dimension) => dimension === null).length;
  if (shape.length !== 4 || channels === null || unknown > 1 || !fits) {
    const wanted = divides.channels === undefined ? "height and width" : "channels";
    throw new ShapeError({
      problem: `${op}: the images do not fall into blocks of ${blockSize} x ${blockSize}.`,
      operands: [{ name: "images", value: formatShape(shape), note: "batch, height, width, channels" }],
      fix: `${wanted} must be multiples of ${divides.channels ?? divides.sides}; only one of batch, height and width may be unknown.`,
      site: new CallSite().line,
    });
  }
  const [batch = null] = shape;
  return [batch ?? -1, height ?? -1, width ?? -1, channels];
}
