import type { ConcreteShape } from "../../core/shape.ts";
import type { DType } from "../../core/dtype.ts";
import type { AttrsOf, GeometryOf, OpName } from "../../compiler/plan.ts";

/** A tensor of the reference backend: float64 whatever its dtype, dense and row-major. */
export interface Values {
  readonly shape: ConcreteShape;
  readonly dtype: DType;
  readonly data: Float64Array;
}

/** What a reference kernel gets besides its tensors. */
export interface ReferenceCall<N extends OpName> {
  /** In the order of the op's `inputs`. */
  readonly inputs: readonly Values[];
  /** Zeroed, to be filled; an op that mutates a variable finds that variable's storage here (same array as the input). */
  readonly outputs: readonly Values[];
  readonly attrs: AttrsOf<N>;
  readonly geometry: GeometryOf<N>;
  /** How often this random op has run before; 0 for others. */
  readonly counter: number;
}

/** The meaning of an op: plain loops in float64, never optimised. */
export type ReferenceKernel<N extends OpName> = (call: ReferenceCall<N>) => void;
