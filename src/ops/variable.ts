import type { DType } from "../core/dtype.ts";
import { formatShape, isConcrete, type ConcreteShape, type Shape } from "../core/shape.ts";
import { ShapeError } from "../core/errors.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import { getDefaultGraph, type Graph } from "../graph/graph.ts";
import { assign } from "./assign.ts";
import { assignAdd } from "./assign-add.ts";
import { assignSub } from "./assign-sub.ts";
import { cast } from "./cast.ts";
import { constant } from "./constant.ts";
import { defineOp, type OpOptions } from "./shared/define-op.ts";
import { group } from "./no-op.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface VariableAttrs {
  readonly dtype: DType;
  readonly shape: ConcreteShape;
}

/** The storage of a variable; its output is the variable's value, see `compiler/variables.ts` for which one. */
export const VariableOp: OpDef<"Variable", [], VariableAttrs> = defineOp({
  name: "Variable",
  inputs: [],
  stateful: true,
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
  gradient: null,
});

/** A tensor whose value a session keeps from run to run. */
export interface Variable<S extends Shape = Shape, D extends DType = DType> extends Tensor<S, D> {
  /** Fetch it once to give the variable its initial value; `tf.globalVariablesInitializer()` does so for all. */
  readonly initializer: Operation;
  /** The tensor the initializer assigns. */
  readonly initialValue: Tensor<S, D>;
  /** Whether optimizers change it by default. */
  readonly trainable: boolean;
  /** See `tf.assign`. */
  assign(value: TensorLike, options?: OpOptions): Tensor<S, D>;
  /** See `tf.assignAdd`. */
  assignAdd(value: TensorLike, options?: OpOptions): Tensor<S, D>;
  /** See `tf.assignSub`. */
  assignSub(value: TensorLike, options?: OpOptions): Tensor<S, D>;
}

/** Names of the graph collections that variables are kept in, as in TensorFlow. */
export const GLOBAL_VARIABLES = "variables";
export const TRAINABLE_VARIABLES = "trainable_variables";
export const GLOBAL_STEP = "global_step";

export interface VariableOptions<D extends DType = DType> extends OpOptions {
  /** Default: that of the initial value, float32 for numbers. */
  readonly dtype?: D | undefined;
  /** Whether optimizers change it by default; default true. */
  readonly trainable?: boolean;
}

/**
 * A variable with an initial value. Sessions keep its value; it has none until its initializer ran.
 *
 * @param initialValue every dimension must be known.
 * @returns a tensor of the same shape and dtype.
 * @throws ShapeError when a dimension of the initial value is unknown.
 */
export function variable<const V extends TensorLike, D extends DType = DTypeOf<V>>(
  initialValue: V,
  options: VariableOptions<D> = {},
): Variable<ShapeOf<V>, NoInfer<D>> {
  requireOptions("variable", options);
  const initial = initialOf(initialValue, options.dtype);
  const { graph, shape, dtype } = initial;
  if (!isConcrete(shape)) {
    throw new ShapeError({
      problem: `variable "${options.name ?? "Variable"}": the initial value has an unknown dimension.`,
      operands: [{ name: "initialValue", value: formatShape(shape), note: initial.name }],
      fix: "give the initial value a shape without null.",
      site: initial.op.site,
    });
  }
  // A variable's storage depends on nothing, whatever control dependencies it is built under.
  return graph.controlDependencies(null, () => {
    const operation = graph.createOperation(VariableOp, [], { dtype, shape }, options.name ?? "Variable");
    const storage = operation.outputs[0] as Tensor<ShapeOf<V>, D>;
    const initializer = assign(storage, initial, { name: `${operation.name}/Assign/` }).op;
    const trainable = options.trainable ?? true;
    const self = Object.assign(storage, {
      initializer,
      initialValue: initial as typeof storage,
      trainable,
      assign: (value: TensorLike, how?: OpOptions) => assign(storage, value, how),
      assignAdd: (value: TensorLike, how?: OpOptions) => assignAdd(storage, value, how),
      assignSub: (value: TensorLike, how?: OpOptions) => assignSub(storage, value, how),
    });
    graph.addToCollection(GLOBAL_VARIABLES, self);
    if (trainable) graph.addToCollection(TRAINABLE_VARIABLES, self);
    return self;
  });
}

function initialOf(value: TensorLike, dtype: DType | undefined): Tensor {
  if (dtype === undefined) return toTensor(value);
  return value instanceof Tensor ? cast(value, dtype) : constant(value, { dtype });
}

/** All variables of a graph, in the order of their creation. */
export function globalVariables(graph: Graph = getDefaultGraph()): readonly Variable[] {
  return graph.getCollection(GLOBAL_VARIABLES) as readonly Variable[];
}

/** The variables that optimizers change by default. */
export function trainableVariables(graph: Graph = getDefaultGraph()): readonly Variable[] {
  return graph.getCollection(TRAINABLE_VARIABLES) as readonly Variable[];
}

/** The operation that gives every variable of the graph its initial value. */
export function globalVariablesInitializer(graph: Graph = getDefaultGraph()): Operation {
  return variablesInitializer(globalVariables(graph), graph);
}

/** The operation that gives the listed variables their initial values. */
export function variablesInitializer(variables: readonly Variable[], graph: Graph = getDefaultGraph()): Operation {
  const initializers = variables.map(({ initializer }) => initializer);
  return graph.asDefault(() => group(...initializers));
}
