import { type DType, requireKnownDType } from "../core/dtype.ts";
import type { OneHot as OneHotShape } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import type { AxisGeometry } from "./concat.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireValue } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensorOf } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";
import { atCallSite } from "./shared/at-call-site.ts";
import { toElement } from "../core/ndarray.ts";

export interface OneHotAttrs {
  readonly depth: number;
  readonly axis: number;
  readonly onValue: number;
  readonly offValue: number;
  readonly dtype: DType;
}

export const OneHot: OpDef<"OneHot", ["indices"], OneHotAttrs, AxisGeometry> = defineOp({
  name: "OneHot",
  inputs: ["indices"],
  infer: ({ indices }, { depth, axis, dtype }) => {
    requireDType("indices", indices, "int32");
    requireValue(Number.isInteger(depth) && depth >= 0, `depth is ${depth}.`, "use an integer of 0 or more.");
    const result = [...indices.shape, depth];
    return { shape: indices.shape.toSpliced(requireAxis(axis, result, "the result"), 0, depth), dtype };
  },
  geometry: ({ indices }, { axis }) => ({ axis: requireAxis(axis, [...indices.shape, 1], "the result") }),
  gradient: null,
});

export interface OneHotOptions<Axis extends number, D extends DType> extends OpOptions {
  /** Where the classes stand in the result; default -1, the last axis. */
  readonly axis?: Axis;
  /** Default 1. */
  readonly onValue?: number;
  /** Default 0. */
  readonly offValue?: number;
  /** Default float32. */
  readonly dtype?: D;
}

/**
 * Class numbers as vectors of `depth` elements: `onValue` at the class, `offValue` elsewhere, also for numbers that are
 * no class.
 *
 * @param indices int32 of any shape.
 * @returns the shape of indices with an axis of `depth` more.
 * @throws DTypeError when indices are not int32. @throws ShapeError when the result has no such axis.
 */
export function oneHot<
  const I extends TensorLike,
  const Depth extends number,
  const Axis extends number = -1,
  D extends DType = "float32",
>(
  indices: I,
  depth: Depth,
  options: OneHotOptions<Axis, D> = {},
): Tensor<OneHotShape<ShapeOf<I>, Depth, Axis>, NoInfer<D>> {
  requireOptions("oneHot", options, "onValue");
  const { axis = -1, onValue = 1, offValue = 0, dtype = "float32" } = options;
  const classes = toTensorOf(indices, "int32", "oneHot: indices");
  atCallSite(() => requireKnownDType(dtype), "oneHot");
  const value = (name: string, number: number): number => atCallSite(() => toElement(number, dtype), `oneHot: ${name}`);
  const values = { onValue: value("onValue", onValue), offValue: value("offValue", offValue) };
  return apply(OneHot, { indices: classes }, { depth, axis, ...values, dtype }, options);
}
