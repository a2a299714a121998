import { allocate, type DType, type HostData } from "../core/dtype.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { fromNested, NDArray, type NestedArray } from "../core/ndarray.ts";
import type { Plain, ShapeOfNested } from "../core/shape-types.ts";
import { type ConcreteShape, formatShape, type Shape, sizeOf } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDimensions } from "./shared/requirements.ts";

export interface ConstAttrs {
  readonly dtype: DType;
  readonly shape: ConcreteShape;
  /** Row-major elements; a single one fills the shape (`zeros([1000, 1000])` holds one number). */
  readonly data: HostData;
}

export const Const: OpDef<"Const", [], ConstAttrs> = defineOp({
  name: "Const",
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
type ConstantShape<V, S> = S extends ConcreteShape
  ? Plain<S>
  : V extends NDArray<infer Own, DType>
    ? Own
    : ShapeOfNested<V>;

/**
 * A constant: numbers that are part of the graph.
 *
 * @param value a number, nested lists, or an `NDArray`.
 * @returns the value's shape, or `options.shape`.
 * @throws ShapeError when the lists are ragged or the elements do not fill `options.shape`.
 * @throws ValueError when that is no list.
 */
export function constant<
  V extends NDArray | NestedArray,
  const S extends ConcreteShape | undefined = undefined,
  const D extends DType = V extends NDArray<Shape, infer Known> ? Known : V extends boolean ? "bool" : "float32",
>(value: V, options: ConstantOptions<S, D> = {}): Tensor<ConstantShape<V, S>, D> {
  const dtype = options.dtype ?? (value instanceof NDArray ? value.dtype : dtypeOf(value));
  const array = value instanceof NDArray ? convert(value, dtype) : fromNested(value, dtype);
  const shape = options.shape ?? array.shape;
  if (!Array.isArray(shape)) {
    throw new ValueError({
      problem: `constant: shape is ${JSON.stringify(shape)}.`,
      fix: "a shape is a list: [3], or [] for a scalar.",
    });
  }
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

function convert(array: NDArray, dtype: DType): NDArray {
  // Always a copy: what the caller does to the array later must not change the graph.
  const data = allocate(dtype, array.size);
  data.set(array.data);
  return new NDArray(dtype, array.shape, data);
}

/** The dtype of nested lists: bool when the first element is a boolean, else float32. */
export function dtypeOf(value: NestedArray | string): DType {
  let first: NestedArray | string | undefined = value;
  while (typeof first === "object") first = first[0];
  return typeof first === "boolean" ? "bool" : "float32";
}
