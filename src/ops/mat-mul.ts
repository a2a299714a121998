import type { Checked, MatMul as MatMulShape, MatMulProblem } from "../core/shape-types.ts";
import { broadcastShapes, type ConcreteShape, dimensionsAgree, type Shape, sizeOf } from "../core/shape.ts";
import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface MatMulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A batch of products `[rows, inner] x [inner, columns]`. */
export interface MatMulGeometry {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** Products in all, the batch dimensions multiplied. */
  readonly batch: number;
  /** For each product of the batch, which matrix of a and which of b it multiplies (batch dimensions broadcast). */
  readonly matricesOfA: readonly number[];
  readonly matricesOfB: readonly number[];
}

export const MatMul: OpDef<"MatMul", ["a", "b"], MatMulAttrs, MatMulGeometry> = defineOp({
  name: "MatMul",
  calledAs: "matmul",
  inputs: ["a", "b"],
  infer: inferMatMul,
  geometry: geometryOfMatMul,
  flops: matrixFlops,
  gradient: ({ inputs: { a, b }, dy, attrs }, ops) => {
    const { transposeA: ta, transposeB: tb } = attrs;
    // With y = A B: dA = dy Bᵀ, dB = Aᵀ dy; when a = Aᵀ is given, its gradient is the transpose of that.
    const da = ta ? product(b, dy, tb, true) : product(dy, b, false, !tb);
    const db = tb ? product(dy, a, true, ta) : product(a, dy, !ta, false);
    return { a: ops.sumLike(da, a), b: ops.sumLike(db, b) };
  },
});

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return apply(MatMul, { a, b }, { transposeA, transposeB });
}

/** Shape inference of a matrix product, fused or not. */
export function inferMatMul(
  { a, b }: { readonly a: TensorSpec; readonly b: TensorSpec },
  attrs: MatMulAttrs,
): TensorSpec {
  requireDType("a", a, "float32");
  requireDType("b", b, "float32");
  requireRank("a", a, { atLeast: 2 }, "...batch, rows, inner");
  requireRank("b", b, { atLeast: 2 }, "...batch, inner, columns");
  const [rows, innerA] = matrixOf(a.shape, attrs.transposeA);
  const [innerB, columns] = matrixOf(b.shape, attrs.transposeB);
  if (!dimensionsAgree(innerA, innerB)) {
    throw new OpProblem("shape", "a and b disagree on the inner dimension.", {
      notes: {
        a: attrs.transposeA ? `transposed: inner = ${innerA}, rows` : `rows, inner = ${innerA}`,
        b: attrs.transposeB ? `transposed: columns, inner = ${innerB}` : `inner = ${innerB}, columns`,
      },
      fix: "the last dimension of a must be the last but one of b; transposeA and transposeB swap them.",
    });
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batch === null) {
    throw new OpProblem("shape", "the batch dimensions of a and b do not broadcast.", {
      fix: "make them equal, or 1.",
    });
  }
  return { dtype: "float32", shape: [...batch, rows, columns] };
}

/** Two for each multiply-add. */
export function matrixFlops({ batch, rows, inner, columns }: MatMulGeometry): number {
  return 2 * batch * rows * inner * columns;
}

/** The geometry of a matrix product, fused or not. */
export function geometryOfMatMul(
  { a, b }: { readonly a: { readonly shape: ConcreteShape }; readonly b: { readonly shape: ConcreteShape } },
  { transposeA, transposeB }: MatMulAttrs,
): MatMulGeometry {
  const [rows, inner] = matrixOf(a.shape, transposeA) as [number, number];
  const [, columns] = matrixOf(b.shape, transposeB) as [number, number];
  const batchOfA = a.shape.slice(0, -2);
  const batchOfB = b.shape.slice(0, -2);
  const batch = (broadcastShapes(batchOfA, batchOfB) ?? []) as ConcreteShape;
  const matricesOfA = broadcastIndices(batchOfA, batch);
  const matricesOfB = broadcastIndices(batchOfB, batch);
  return { rows, inner, columns, batch: sizeOf(batch), matricesOfA, matricesOfB };
}

function matrixOf(shape: Shape, transposed: boolean): [number | null, number | null] {
  const [rows, columns] = shape.slice(-2) as [number | null, number | null];
  return transposed ? [columns, rows] : [rows, columns];
}

/** For every element of shape `to`, in row-major order, the element of shape `from` that is broadcast there. */
function broadcastIndices(from: ConcreteShape, to: ConcreteShape): number[] {
  let indices = [0];
  let size = 1;
  for (let back = 1; back <= to.length; back++) {
    const stretched = (from.at(-back) ?? 1) === 1;
    const inner = indices;
    const step = size;
    indices = Array.from({ length: to.at(-back)! }, (_, i) =>
      inner.map((index) => index + (stretched ? 0 : i * step)),
    ).flat();
    size *= back <= from.length ? from.at(-back)! : 1;
  }
  return indices;
}

export interface MatMulOptions<TA extends boolean = boolean, TB extends boolean = boolean> extends OpOptions {
  /** The last two dimensions of `a` come swapped; default false. */
  readonly transposeA?: TA;
  readonly transposeB?: TB;
}

/**
 * Matrix product `[...batch, rows, inner] x [...batch, inner, columns]`; batch dimensions broadcast.
 *
 * @param a, b float32, rank 2 or more.
 * @returns float32 `[...batch, rows, columns]`.
 * @throws ShapeError when the inner dimensions differ or a rank is below 2. @throws DTypeError when not float32.
 */
export function matmul<
  const A extends TensorLike,
  const B extends TensorLike,
  const TA extends boolean = false,
  const TB extends boolean = false,
>(
  a: A,
  b: Checked<B, MatMulProblem<ShapeOf<A>, ShapeOf<B>, TA, TB>>,
  options: MatMulOptions<TA, TB> = {},
): Tensor<MatMulShape<ShapeOf<A>, ShapeOf<B>, TA, TB>, "float32"> {
  requireOptions("matmul", options, "transposeA");
  const [x, y] = toTensors("matmul", a, b);
  const attrs = { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false };
  return apply(MatMul, { a: x, b: y }, attrs, options);
}
