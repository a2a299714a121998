import type { Checked, Concat as Joined, ConcatProblem } from "../core/shape-types.ts";
import { dimensionsAgree, formatShape, type Shape } from "../core/shape.ts";
import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireSameDType } from "./shared/requirements.ts";
import { type DTypeOf, type Operand, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";
import { requireTensors } from "./shared/require-tensors.ts";

export interface AxisAttrs {
  readonly axis: number;
}

/** The axis of `concat`, `split` and the like, counted from the front. */
export interface AxisGeometry {
  readonly axis: number;
}

export const Concat: OpDef<"ConcatV2", ["...values"], AxisAttrs, AxisGeometry> = defineOp({
  name: "ConcatV2",
  calledAs: "concat",
  inputs: ["...values"],
  infer: ({ values }, attrs) => {
    const [first] = values;
    if (first === undefined) throw new OpProblem("shape", "there are no values.", { fix: "pass one tensor or more." });
    const dtype = requireSameDType(Object.fromEntries(values.map((spec, index) => [`values[${index}]`, spec])));
    const axis = requireAxis(attrs.axis, first.shape, "values[0]");
    requireEqualRanks(values);
    const shape = first.shape.map((_, at) => (at === axis ? total(values, axis) : common(values, at, axis)));
    return { shape, dtype };
  },
  geometry: ({ values }, { axis }) => ({ axis: requireAxis(axis, values[0]?.shape ?? [], "values[0]") }),
  isIdentity: ({ values }) => values.length === 1,
  gradient: ({ inputs: { values }, attrs: { axis }, dy }, ops) => ({ values: ops.splitLike(dy, values, axis) }),
});

/** The shapes of several operands. */
export type ShapesOf<Values extends readonly TensorLike[]> = { [K in keyof Values]: ShapeOf<Values[K]> };

/**
 * Joins tensors along an axis they have.
 *
 * @param values one or more of the same dtype, and of equal shapes but for the axis.
 * @param axis negative ones count from the end.
 * @throws ShapeError, DTypeError when they do not fit together. @throws ValueError when `values` is not a list.
 */
export function concat<const Values extends readonly TensorLike[], const Axis extends number>(
  values: Checked<Values, ConcatProblem<ShapesOf<Values>, Axis>>,
  axis: Axis,
  options: OpOptions = {},
): Tensor<Joined<ShapesOf<Values>, Axis>, DTypeOf<Values[number]>> {
  requireTensors("concat([a, b], axis)", values);
  return apply(Concat, { values: toTensors("concat", ...(values as readonly Operand[])) }, { axis }, options);
}

function requireEqualRanks(values: readonly TensorSpec[]): void {
  const { shape } = values[0]!;
  const other = values.findIndex((value) => value.shape.length !== shape.length);
  if (other < 0) return;
  const shapes = `${formatShape(shape)} and ${formatShape(values[other]!.shape)}`;
  throw new OpProblem("shape", `values[0] and values[${other}] differ in rank: ${shapes}.`, {
    fix: "give them the same number of axes (tf.expandDims adds one, tf.reshape makes any).",
  });
}

function total(values: readonly TensorSpec[], axis: number): number | null {
  let sum = 0;
  for (const { shape } of values) {
    const dimension = shape[axis] ?? null;
    if (dimension === null) return null;
    sum += dimension;
  }
  return sum;
}

/** The dimension that all values have outside the axis. */
function common(values: readonly TensorSpec[], at: number, axis: number): Shape[number] {
  let known: number | null = null;
  for (const [index, { shape }] of values.entries()) {
    const dimension = shape[at] ?? null;
    if (!dimensionsAgree(known, dimension)) {
      throw new OpProblem("shape", `values[0] and values[${index}] differ outside axis ${axis}.`, {
        fix: "only the dimension along the axis may differ.",
      });
    }
    known ??= dimension;
  }
  return known;
}
