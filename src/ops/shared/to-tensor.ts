import { type DType, dtypeOfData, type HostData } from "../../core/dtype.ts";
import { DTypeError } from "../../core/errors.ts";
import { NDArray } from "../../core/ndarray.ts";
import type { ShapeOfNested } from "../../core/shape-types.ts";
import type { Shape } from "../../core/shape.ts";
import { getDefaultGraph, type Graph } from "../../graph/graph.ts";
import { Tensor } from "../../graph/tensor.ts";
import { atCallSite } from "./at-call-site.ts";
import { arrayOf, Const, type Literal, type LiteralDType } from "../constant.ts";

/** What op functions take where they want a tensor: numbers, nested lists and arrays become constants. */
export type TensorLike = Tensor | Literal;

/**
 * A `TensorLike` parameter as the op's own body sees it: a string is what the type checker puts in the place of an
 * operand it refuses (`Checked`), and never reaches a running program that compiled.
 */
export type Operand = TensorLike | string;

/** The static shape of a `TensorLike`. */
export type ShapeOf<T> =
  T extends Tensor<infer S, DType>
    ? S
    : T extends NDArray<infer S, DType>
      ? S
      : T extends Literal
        ? ShapeOfNested<T>
        : Shape;

/** The static dtype of a `TensorLike`; numbers count as float32. */
export type DTypeOf<T> = T extends Tensor<Shape, infer D> ? D : LiteralDType<T>;

/** What has a dtype of its own; numbers and lists take that of what they stand beside. */
type Typed = Tensor | NDArray | HostData;

/** The dtype of an op of two operands: that of the tensor, when the other is a number or list. */
export type OperandDType<A, B> = A extends Typed ? DTypeOf<A> : DTypeOf<B>;

/**
 * A tensor from what the user wrote. Numbers and lists take the dtype of `like` (another operand) when it is given,
 * else float32 for numbers and bool for booleans.
 *
 * @param what the op, for the message when the value is none.
 */
export function toTensor(value: Operand, like?: Operand, graph?: Graph, what?: string): Tensor {
  if (value instanceof Tensor) return value;
  const dtype = like === undefined || isTyped(value) ? undefined : dtypeOf(like);
  return constantNode(
    atCallSite(() => arrayOf(value, dtype), what),
    graph ?? graphOf(like),
  );
}

type Mutable<Values> = { -readonly [K in keyof Values]: Tensor };

/** Several operands at once: numbers among them take the dtype of the first tensor among them. */
export function toTensors<const Values extends readonly Operand[]>(op: string, ...values: Values): Mutable<Values> {
  const like = values.find((value) => value instanceof Tensor) ?? values.find(isTyped);
  return values.map((value) => toTensor(value, like, undefined, op)) as Mutable<Values>;
}

/** A tensor that must have the given dtype; numbers and lists are made to have it. @throws DTypeError otherwise. */
export function toTensorOf(value: Operand, dtype: DType, what: string, graph?: Graph): Tensor {
  if (!isTyped(value)) {
    return constantNode(
      atCallSite(() => arrayOf(value, dtype), what),
      graph,
    );
  }
  const tensor = toTensor(value, undefined, graph);
  if (tensor.dtype !== dtype) {
    throw new DTypeError({
      problem: `${what} must be ${dtype}, it is ${tensor.dtype}.`,
      operands: [{ name: tensor.name, value: tensor.dtype }],
      fix: `convert it with tf.cast(x, "${dtype}").`,
    });
  }
  return tensor;
}

function isTyped(value: Operand): value is Typed {
  return value instanceof Tensor || value instanceof NDArray || ArrayBuffer.isView(value);
}

/** The dtype that numbers beside the operand take; undefined when it is numbers, too. */
function dtypeOf(like: Operand): DType | undefined {
  if (like instanceof Tensor || like instanceof NDArray) return like.dtype;
  return dtypeOfData(like) ?? undefined;
}

/** Adds a constant without a user-given name. */
export function constantNode(value: NDArray, graph: Graph = getDefaultGraph(), name = "Const"): Tensor {
  const attrs = { dtype: value.dtype, shape: value.shape, data: value.data };
  return graph.createOperation(Const, [], attrs, name).outputs[0]!;
}

function graphOf(like: Operand | undefined): Graph | undefined {
  return like instanceof Tensor ? like.graph : undefined;
}

/** A number, nested lists or an array as a constant of the default graph; tensors pass through. */
export function convertToTensor<const V extends TensorLike>(value: V): Tensor<ShapeOf<V>, DTypeOf<V>> {
  return toTensor(value) as Tensor<ShapeOf<V>, DTypeOf<V>>;
}
