import type { DType } from "../../core/dtype.ts";
import type { AxisArgument, Checked } from "../../core/shape-types.ts";
import { reduceShape } from "../../core/shape.ts";
import type { ConcreteSpec, OpDef, TensorSpec } from "../../graph/op-def.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { requireAxes } from "./axes.ts";
import { apply, defineOp, type OpOptions, type Ops } from "./define-op.ts";
import { expandAxes } from "../expand-dims.ts";
import { requireDType } from "./requirements.ts";
import { type TensorLike, toTensor } from "./to-tensor.ts";
import { requireOptions } from "./require-options.ts";
import { calledAs } from "../../graph/describe-problem.ts";

/** What all reductions share: ops that fold axes away. */
export interface ReductionAttrs {
  /** As the user wrote them; `null` means all. */
  readonly axis: number | readonly number[] | null;
  /** Whether folded axes stay as dimensions of 1. */
  readonly keepDims: boolean;
}

export interface ReductionGeometry {
  /** The axes folded away, counted from the front, ascending. */
  readonly axes: readonly number[];
}

/** Options of every reduction. */
export interface ReduceOptions<Axis extends AxisArgument, KeepDims extends boolean, Problem> extends OpOptions {
  /** One axis or several, negative ones count from the end; default: all. An empty list folds nothing. */
  readonly axis?: Checked<Axis, Problem> | undefined;
  /** Keeps the folded axes as dimensions of 1; default false. */
  readonly keepDims?: KeepDims | undefined;
}

/** What a reduction's gradient may need. */
interface ReductionGradient {
  readonly x: Tensor;
  /** Axes folded away, counted from the front. */
  readonly axes: readonly number[];
  /** The result and its gradient, with folded axes as 1: they broadcast against x. */
  readonly y: Tensor;
  readonly dy: Tensor;
}

export interface ReductionDeclaration<Name extends string> {
  readonly name: Name;
  readonly calledAs: string;
  readonly dtypes: readonly DType[];
  /** The gradient of x, in the shape of x; `null` when there is none. */
  readonly gradient: null | ((parts: ReductionGradient, ops: Ops) => Tensor);
}

/** Declares a reduction: result of the input's dtype, `axis` and `keepDims` as in TensorFlow. */
export function defineReduction<Name extends string>(
  declaration: ReductionDeclaration<Name>,
): OpDef<Name, ["x"], ReductionAttrs, ReductionGeometry> {
  const { name, dtypes, gradient } = declaration;
  return defineOp<Name, ["x"], ReductionAttrs, ReductionGeometry>({
    name,
    calledAs: declaration.calledAs,
    inputs: ["x"],
    infer: ({ x }, attrs) => {
      requireDType("x", x, ...dtypes);
      return { shape: reduceShape(x.shape, axesOf(x, attrs), attrs.keepDims), dtype: x.dtype };
    },
    geometry: ({ x }, attrs) => ({ axes: axesOf(x, attrs) }),
    // Folding a dimension of 1 changes nothing: the sum, the largest, the logarithm of the exponential of one element.
    isIdentity: ({ x }, attrs) => axesOf(x, attrs).every((axis) => x.shape[axis] === 1),
    gradient:
      gradient &&
      (({ inputs: { x }, attrs, y, dy }, ops) => {
        const axes = axesOf(x, attrs);
        const kept = (tensor: Tensor): Tensor => (attrs.keepDims ? tensor : expandAxes(tensor, axes));
        return { x: gradient({ x, axes, y: kept(y), dy: kept(dy) }, ops) };
      }),
  });
}

/** Adds a reduction; the caller's signature says the static type. */
export function applyReduction<T extends Tensor>(
  def: OpDef<string, ["x"], ReductionAttrs>,
  x: TensorLike,
  options: {
    readonly axis?: AxisArgument | string;
    readonly keepDims?: boolean | undefined;
    readonly name?: string | undefined;
  },
): T {
  requireOptions(calledAs(def), options, "axis");
  // A string is what the type checker puts in the place of an axis that it refuses.
  const axis = options.axis as AxisArgument;
  return apply(def, { x: toTensor(x) }, { axis: axis ?? null, keepDims: options.keepDims ?? false }, options);
}

function axesOf({ shape }: TensorSpec | ConcreteSpec, { axis }: ReductionAttrs): number[] {
  return requireAxes(axis ?? undefined, shape, "x");
}
