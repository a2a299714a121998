import type { Checked, Stack as Stacked, StackProblem } from "../core/shape-types.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { formatShape, isCompatible } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { concat, type ShapesOf } from "./concat.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { expandDims } from "./expand-dims.ts";
import { type DTypeOf, type Operand, type TensorLike, toTensors } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireTensors } from "./shared/require-tensors.ts";

export interface StackOptions<Axis extends number> extends OpOptions {
  /** Where the new axis stands in the result; default 0. */
  readonly axis?: Axis;
}

/**
 * Joins tensors of one shape along a new axis.
 *
 * @param values one or more of the same shape and dtype.
 * @throws ShapeError, DTypeError when they differ. @throws ValueError when there are none.
 */
export function stack<const Values extends readonly TensorLike[], const Axis extends number = 0>(
  values: Checked<Values, StackProblem<ShapesOf<Values>, Axis>>,
  options: StackOptions<Axis> = {},
): Tensor<Stacked<ShapesOf<Values>, Axis>, DTypeOf<Values[number]>> {
  requireTensors("stack([a, b])", values);
  requireOptions("stack", options, "axis");
  const tensors = toTensors("stack", ...(values as readonly Operand[]));
  const [first] = tensors;
  if (first === undefined) throw new ValueError({ problem: "stack: there are no tensors.", fix: "pass one or more." });
  requireEqualShapes(tensors);
  const axis: number = options.axis ?? 0;
  // A new axis costs nothing, so this is one copy.
  const build = (): Tensor =>
    concat(
      tensors.map((tensor): Tensor => expandDims(tensor, axis)),
      axis,
    );
  return first.graph.nameScope(options.name ?? "stack", build) as ReturnType<typeof stack<Values, Axis>>;
}

function requireEqualShapes(tensors: readonly Tensor[]): void {
  const other = tensors.findIndex(({ shape }) => !isCompatible(shape, tensors[0]!.shape));
  if (other < 0) return;
  throw new ShapeError({
    problem: "stack: the values differ in shape.",
    operands: [0, other].map((index) => ({ name: `values[${index}]`, value: formatShape(tensors[index]!.shape) })),
    fix: "all values must have one shape; concat joins along an axis where they may differ.",
  });
}
