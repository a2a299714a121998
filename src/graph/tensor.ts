import type { DType } from "../core/dtype.ts";
import { formatShape, type Shape } from "../core/shape.ts";
import type { Graph } from "./graph.ts";
import type { Operation } from "./operation.ts";

/**
 * One output of an operation: a handle with shape, dtype and name, never data. Values exist only inside a session.
 *
 * Arithmetic methods (`x.add(1)`, `x.matmul(w)`) are added by `ops/tensor-methods.ts`.
 */
export class Tensor<S extends Shape = Shape, D extends DType = DType> {
  /** The operation that makes this tensor. */
  readonly op: Operation;
  /** Which of the operation's outputs this is. */
  readonly index: number;
  /** Dimensions, `null` where unknown until run time. */
  readonly shape: S;
  readonly dtype: D;

  constructor(op: Operation, index: number, shape: S, dtype: D) {
    this.op = op;
    this.index = index;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** `conv1/weights:0`: the operation's name and the output's number. */
  get name(): string {
    return `${this.op.name}:${this.index}`;
  }

  get graph(): Graph {
    return this.op.graph;
  }

  get rank(): number {
    return this.shape.length;
  }

  toString(): string {
    return `Tensor("${this.name}", shape=${formatShape(this.shape)}, dtype=${this.dtype})`;
  }
}
