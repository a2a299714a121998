import { type DType, dtypeOfData, type HostData, requireKnownDType } from "../core/dtype.ts";
import { DTypeError, ShapeError } from "../core/errors.ts";
import { copyElements, fromNested, NDArray, type NestedArray } from "../core/ndarray.ts";
import type { Plain, ShapeOfNested } from "../core/shape-types.ts";
import { type ConcreteShape, formatShape, type Shape, sizeOf } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { atCallSite } from "./shared/at-call-site.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireDimensions, requireShape } from "./shared/requirements.ts";

export interface ConstAttrs {
  readonly dtype: DType;
  readonly shape: ConcreteShape;
  /** Row-major elements; a single one fills the shape (`zeros([1000, 1000])` holds one number). */
  readonly data: HostData;
}

export const Const: OpDef<"Const", [], ConstAttrs> = defineOp({
  name: "Const",
  calledAs: "constant",
  inputs: [],
  infer: (_inputs, { shape, dtype }) => {
    requireDimensions(shape);
    return { shape, dtype };
  },
  gradient: null,
});

export interface ConstantOptions<S extends ConcreteShape | undefined, D extends DType> extends OpOptions {
  /** Default: float32 for numbers, bool for booleans, the array's own for an `NDArray`. */
  readonly dtype?: D;
  /** Must hold as many elements as the value, or any number when the value is one number, which then fills it. */
  readonly shape?: S;
}

/** The shape asked for, else the value's own. */
type ConstantShape<V, S> = S extends readonly [...infer Listed extends ConcreteShape]
  ? Plain<Listed> // And not of S, which then would be what the place of the call wants.
  : [V] extends [NDArray<infer Own, DType>]
    ? Own
    : ShapeOfNested<V>;

/** What becomes a constant: a number, nested lists, a typed array (which has one axis) or an `NDArray`. */
export type Literal = NDArray | NestedArray | HostData;

/** The dtype of a literal: an array's own, else bool for booleans and float32 for numbers. */
export type LiteralDType<V> =
  V extends NDArray<Shape, infer D>
    ? D
    : V extends Int32Array
      ? "int32"
      : V extends Uint8Array
        ? "uint8"
        : ListDType<V>;

type ListDType<V> = [NestedArray] extends [V]
  ? DType // Lists of any depth: nothing is known of what they hold.
  : V extends boolean
    ? "bool"
    : V extends readonly (infer Element)[]
      ? [Element] extends [never]
        ? "float32"
        : ListDType<Element>
      : "float32";

/**
 * A constant: numbers that are part of the graph.
 *
 * @param value a number, nested lists, a typed array or an `NDArray`; what happens to them later does not change it.
 * @returns the value's shape, or `options.shape`.
 * @throws ShapeError when the lists are ragged or the elements do not fill `options.shape`.
 * @throws ValueError when that is no list, when an element is no number, or not one that the dtype holds.
 */
export function constant<
  V extends Literal,
  const S extends ConcreteShape | undefined = undefined,
  D extends DType = LiteralDType<V>,
>(value: V, options: ConstantOptions<S, D> = {}): Tensor<ConstantShape<V, S>, NoInfer<D>> {
  requireOptions("constant", options, "dtype");
  const array = atCallSite(() => arrayOf(value, options.dtype), "constant");
  const { dtype } = array;
  const shape = options.shape ?? array.shape;
  requireShape("constant", shape);
  if (array.size !== sizeOf(shape) && array.size !== 1) {
    throw new ShapeError({
      problem: `constant: ${array.size} elements do not fill shape ${formatShape(shape)}.`,
      operands: [
        { name: "value", value: formatShape(array.shape), note: `${array.size} elements` },
        { name: "shape", value: formatShape(shape), note: `${sizeOf(shape)} elements` },
      ],
      fix: "pass one number, or exactly as many as the shape holds.",
    });
  }
  return apply(Const, {}, { dtype, shape, data: array.data }, options);
}

/** A copy of the literal as an array of the dtype, by default its own. */
export function arrayOf(value: Literal | string, dtype?: DType): NDArray {
  if (dtype !== undefined) requireKnownDType(dtype);
  if (value instanceof NDArray) {
    return new NDArray(dtype ?? value.dtype, value.shape, copyElements(value.data, dtype ?? value.dtype));
  }
  if (!ArrayBuffer.isView(value)) return fromNested(value, dtype ?? dtypeOfList(value));
  const own = dtypeOfData(value);
  if (own === null) {
    throw new DTypeError({
      problem: `${(value as object).constructor.name} holds elements of no dtype.`,
      fix: "pass a Float32Array, Int32Array or Uint8Array, or a list of numbers: Array.from(data).",
    });
  }
  return new NDArray(dtype ?? own, [value.length], copyElements(value, dtype ?? own));
}

/** Bool when the first element is a boolean, else float32. */
function dtypeOfList(value: NestedArray | string): DType {
  let first: unknown = value;
  while (Array.isArray(first)) first = first[0];
  return typeof first === "boolean" ? "bool" : "float32";
}
