import type { Checked } from "../../core/shape-types.ts";
import { reduceShape } from "../../core/shape.ts";
import type { OpDef } from "../../graph/op-def.ts";
import { OpProblem } from "../../graph/problem.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { requireAxis } from "./axes.ts";
import { apply, defineOp, type OpOptions } from "./define-op.ts";
import type { ReductionGeometry } from "./reduction.ts";
import { requireDType } from "./requirements.ts";
import { type TensorLike, toTensor } from "./to-tensor.ts";
import { requireOptions } from "./require-options.ts";
import { calledAs } from "../../graph/describe-problem.ts";

/** What `argMax` and `argMin` share. */
export interface ArgReductionAttrs {
  readonly axis: number;
}

export interface ArgReduceOptions<Axis extends number, Problem> extends OpOptions {
  /** The axis searched, negative ones count from the end; default 0. */
  readonly axis?: Checked<Axis, Problem> | undefined;
}

export function defineArgReduction<Name extends string>(
  name: Name,
): OpDef<Name, ["x"], ArgReductionAttrs, ReductionGeometry> {
  return defineOp<Name, ["x"], ArgReductionAttrs, ReductionGeometry>({
    name,
    inputs: ["x"],
    infer: ({ x }, attrs) => {
      requireDType("x", x, "float32", "int32", "uint8");
      const axis = requireAxis(attrs.axis, x.shape, "x");
      if (x.shape[axis] === 0) {
        throw new OpProblem("shape", `axis ${axis} has no elements to choose from.`, { fix: "pass at least one." });
      }
      return { shape: reduceShape(x.shape, [axis], false), dtype: "int32" };
    },
    geometry: ({ x }, { axis }) => ({ axes: [requireAxis(axis, x.shape, "x")] }),
    gradient: null,
  });
}

/** Adds an arg-reduction; the caller's signature says the static type. */
export function applyArgReduction<T extends Tensor>(
  def: OpDef<string, ["x"], ArgReductionAttrs>,
  x: TensorLike,
  options: { readonly axis?: number | string | undefined; readonly name?: string | undefined },
): T {
  requireOptions(calledAs(def), options, "axis");
  // A string is what the type checker puts in the place of an axis that it refuses.
  return apply(def, { x: toTensor(x) }, { axis: (options.axis as number | undefined) ?? 0 }, options);
}
