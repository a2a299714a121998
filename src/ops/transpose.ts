import type { Checked, Transpose as Transposed, TransposeProblem } from "../core/shape-types.ts";
import { formatShape, type Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface TransposeAttrs {
  /** Which axis of x stands where; `null` reverses them. */
  readonly perm: readonly number[] | null;
}

export interface TransposeGeometry {
  readonly perm: readonly number[];
}

export const Transpose: OpDef<"Transpose", ["x"], TransposeAttrs, TransposeGeometry> = defineOp({
  name: "Transpose",
  inputs: ["x"],
  infer: ({ x }, attrs) => ({ shape: permOf(x.shape, attrs).map((axis) => x.shape[axis] ?? null), dtype: x.dtype }),
  geometry: ({ x }, attrs) => ({ perm: permOf(x.shape, attrs) }),
  // Moving axes of 1 about moves no element.
  isIdentity: ({ x }, attrs) => {
    const moved = permOf(x.shape, attrs).filter((axis) => x.shape[axis] !== 1);
    return moved.every((axis, index) => index === 0 || axis > moved[index - 1]!);
  },
  gradient: ({ inputs: { x }, attrs, dy }, ops) => ({ x: ops.transpose(dy, inverse(permOf(x.shape, attrs))) }),
});

/**
 * x with its axes in another order: axis i of the result is axis `perm[i]` of x.
 *
 * @param perm all axes of x, each once; default: in reverse, which is a matrix's transpose.
 * @throws ValueError when `perm` is no order of x's axes.
 */
export function transpose<const X extends TensorLike, const Perm extends readonly number[] | undefined = undefined>(
  x: X,
  perm?: Checked<Perm, TransposeProblem<ShapeOf<X>, Perm>>,
  options: OpOptions = {},
): Tensor<Transposed<ShapeOf<X>, Perm>, DTypeOf<X>> {
  return apply(Transpose, { x: toTensor(x) }, { perm: (perm as readonly number[] | undefined) ?? null }, options);
}

function permOf(shape: Shape, { perm }: TransposeAttrs): readonly number[] {
  const axes = shape.map((_, axis) => axis);
  if (perm === null) return axes.reverse();
  requireList("perm", perm, "write tf.transpose(x, [1, 0]).");
  requireValue(
    perm.length === axes.length && axes.every((axis) => perm.includes(axis)),
    `perm [${perm.join(", ")}] is not an order of the axes of ${formatShape(shape)}.`,
    `name each of ${axes.join(", ")} once.`,
  );
  return perm;
}

function inverse(perm: readonly number[]): number[] {
  return perm.map((_, axis) => perm.indexOf(axis));
}
