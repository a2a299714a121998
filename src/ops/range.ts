import { allocate, type HostDataOf, requireKnownDType } from "../core/dtype.ts";
import { ValueError } from "../core/errors.ts";
import { isElement, NDArray } from "../core/ndarray.ts";
import type { Tensor } from "../graph/tensor.ts";
import { constant } from "./constant.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { atCallSite } from "./shared/at-call-site.ts";

export interface RangeOptions<D extends "int32" | "float32"> extends OpOptions {
  /** Step; default 1. */
  readonly delta?: number;
  /** Default int32. */
  readonly dtype?: D;
}

/**
 * start, start + delta, ... up to but not including limit, as a constant.
 *
 * @throws ValueError when delta is 0 or leads away from the limit, or a number is no integer and dtype is int32.
 */
export function range<D extends "int32" | "float32" = "int32">(
  start: number,
  limit: number,
  options: RangeOptions<D> = {},
): Tensor<[number], NoInfer<D>> {
  requireOptions("range", options, "delta");
  if (limit === undefined) {
    throw new ValueError({ problem: "range: there is no limit.", fix: `write tf.range(0, ${start}).` });
  }
  const { delta = 1, name = "range" } = options;
  const dtype = (options.dtype ?? "int32") as D;
  atCallSite(() => requireKnownDType(dtype), "range");
  const count = Math.ceil((limit - start) / delta);
  if (!(count >= 0 && Number.isFinite(count))) {
    throw new ValueError({
      problem: `range: no steps of ${delta} lead from ${start} to ${limit}.`,
      fix: "use a positive delta to count up, a negative one to count down.",
    });
  }
  const ends = count === 0 ? [start] : [start, start + (count - 1) * delta];
  if (!Number.isInteger(dtype === "int32" ? delta : 1) || !ends.every((end) => isElement(end, dtype))) {
    throw new ValueError({
      problem: `range: steps of ${delta} from ${start} to ${limit} are not ${dtype}.`,
      fix: 'pass { dtype: "float32" }.',
    });
  }
  const data = allocate(dtype, count) as HostDataOf[D];
  for (let index = 0; index < count; index++) data[index] = start + index * delta;
  return constant(new NDArray<[number], D>(dtype, [count], data), { name, dtype }) as Tensor<[number], D>;
}
