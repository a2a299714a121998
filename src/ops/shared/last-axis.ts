import { ValueError } from "../../core/errors.ts";
import { formatShape, normalizeAxes } from "../../core/shape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { transpose } from "../transpose.ts";

/**
 * Runs along `axis` what is written for the last axis, by exchanging the two before and after.
 * @throws ValueError when `x` has no such axis.
 */
export function alongLastAxis(op: string, x: Tensor, axis: number, build: (x: Tensor) => Tensor): Tensor {
  // A scalar has no axis at all: shape inference says so better.
  if (axis === -1 || x.rank === 0) return build(x);
  const [front] = normalizeAxes(axis, x.rank) ?? [];
  if (front === undefined) {
    throw new ValueError({
      problem: `${op}: shape ${formatShape(x.shape)} has no axis ${axis}.`,
      fix: `pass an axis from ${-x.rank} to ${x.rank - 1}.`,
      site: x.op.site,
    });
  }
  const last = x.rank - 1;
  if (front === last) return build(x);
  const exchange = x.shape.map((_, at) => (at === front ? last : at === last ? front : at));
  return transpose(build(transpose(x, exchange)), exchange);
}
