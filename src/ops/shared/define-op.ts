import type { GradientContext, InputGradients, InputNames, OpDef, OpTraits } from "../../graph/op-def.ts";
import type * as ops from "../index.ts";
import type { ByName, ConcreteSpec, TensorSpec } from "../../graph/op-def.ts";
import { calledAs } from "../../graph/describe-problem.ts";
import { getDefaultGraph } from "../../graph/graph.ts";
import { plainName } from "../../graph/name-inputs.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { requireOptions } from "./require-options.ts";

/** All op functions, as a gradient sees them. A type only: at run time op files do not import this list. */
export type Ops = typeof ops;

/** The declaration of an op; see `OpDef` for what each part means. */
export interface OpDeclaration<
  Name extends string,
  Names extends InputNames,
  Attrs extends object,
  Geometry,
> extends OpTraits {
  readonly name: Name;
  readonly inputs: Names;
  infer(inputs: ByName<Names, TensorSpec>, attrs: Attrs): readonly TensorSpec[] | TensorSpec;
  geometry?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): Geometry;
  flops?(geometry: Geometry): number;
  fold?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): readonly number[];
  isIdentity?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): boolean;
  readonly gradient: null | ((context: GradientContext<Names, Attrs>, ops: Ops) => InputGradients<Names>);
}

/** Declares an op. One op, one file: its documentation, attributes, shape inference and gradient. */
export function defineOp<
  Name extends string,
  const Names extends InputNames,
  Attrs extends object = object,
  Geometry = unknown,
>(declaration: OpDeclaration<Name, Names, Attrs, Geometry>): OpDef<Name, Names, Attrs, Geometry> {
  const { name, inputs, infer, geometry, flops, fold, isIdentity, gradient, ...traits } = declaration;
  return {
    name,
    inputs,
    infer: (specs, attrs) => {
      const outputs = infer(specs, attrs);
      return isList(outputs) ? outputs : [outputs];
    },
    ...(geometry && { geometry }),
    ...(flops && { flops }),
    ...(fold && { fold }),
    ...(isIdentity && { isIdentity }),
    // The graph layer does not know the op functions; autodiff passes exactly `Ops`.
    gradient,
    traits,
  };
}

/** Options every op function takes. */
export interface OpOptions {
  /** Name of the operation in the current scope; default: the op's type. */
  readonly name?: string | undefined;
}

/** Adds an operation to the graph of its inputs (the default graph when it has none). */
export function applyOp<Names extends InputNames, Attrs extends object>(
  def: OpDef<string, Names, Attrs>,
  inputs: ByName<Names, Tensor>,
  attrs: Attrs,
  options: OpOptions = {},
): Operation {
  const byName = inputs as Readonly<Record<string, Tensor | readonly Tensor[] | undefined>>;
  const list = def.inputs.flatMap((name) => byName[plainName(name)] ?? []);
  requireOptions(calledAs(def as OpDef), options);
  const graph = list[0]?.graph ?? getDefaultGraph();
  return graph.createOperation(def as OpDef, list, attrs, options.name);
}

/**
 * The same for ops with one output, returned as the static type `T` that the caller's signature promises. The shape in
 * `T` is computed by the type system from the same rules that `infer` computes it by; `test/types` holds them together.
 */
export function apply<T extends Tensor, Names extends InputNames = InputNames, Attrs extends object = object>(
  def: OpDef<string, Names, Attrs>,
  inputs: ByName<Names, Tensor>,
  attrs: Attrs,
  options: OpOptions = {},
): T {
  return applyOp(def, inputs, attrs, options).outputs[0] as T;
}

function isList(outputs: readonly TensorSpec[] | TensorSpec): outputs is readonly TensorSpec[] {
  return Array.isArray(outputs);
}
