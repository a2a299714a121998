import { allocate, type DType, type HostData } from "../../core/dtype.ts";
import { type ConcreteShape, sameShape, sizeOf } from "../../core/shape.ts";
import { nameInputs } from "../../graph/name-inputs.ts";
import type { ConcreteSpec, TensorSpec } from "../../graph/op-def.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { ConstAttrs } from "../../ops/constant.ts";
import { BroadcastLike } from "../../ops/broadcast-like.ts";
import {
  bytesOf,
  inputPositions,
  makeNode,
  makeValue,
  type Node,
  type Program,
  type Update,
  type Value,
} from "../ir.ts";
import type { CompileRequest } from "../request.ts";
import { mutatedInputs, VariableValues } from "../variables.ts";
import { inferShapes, requireConcrete } from "./infer-shapes.ts";
import { select, type Selection } from "./select.ts";

/**
 * A constant of one repeated number and more bytes than this is filled in by each run: the zeros that an optimizer's
 * slots start with should not stay in memory for good.
 */
const FILLED_BYTES = 1 << 20;

/**
 * From graph to program: the needed part of the graph, with concrete shapes, in single-assignment form.
 *
 * Constants, variables and feeds become values without a node; ops that follow from shapes become constants; ops that
 * change nothing (`identity`, a broadcast to the shape it already has) vanish.
 *
 * @throws FeedError when a placeholder is not fed, or a variable is both fed and assigned to.
 * @throws ShapeError, DTypeError, ValueError when what is fed does not fit together.
 */
export function lower(request: CompileRequest): Program {
  const selection = select(request);
  return new Lowering(request, selection, inferShapes(selection, request.feeds)).run();
}

class Lowering {
  readonly #request: CompileRequest;
  readonly #selection: Selection;
  readonly #specs: ReadonlyMap<Tensor, TensorSpec>;
  readonly #variables: VariableValues;
  readonly #values = new Map<Tensor, Value>();
  /** The values of each variable, by number. */
  readonly #ofVariable = new Map<Operation, Value[]>();
  readonly #shapes = new Map<string, Value>();
  readonly #nodes: Node[] = [];

  constructor(request: CompileRequest, selection: Selection, specs: ReadonlyMap<Tensor, TensorSpec>) {
    this.#request = request;
    this.#selection = selection;
    this.#specs = specs;
    this.#variables = new VariableValues(selection);
  }

  run(): Program {
    const { feeds, fetches } = this.#request;
    const fed = feeds.map(({ tensor, shape }) => makeValue(shape, tensor.dtype, { kind: "feed" }));
    for (const [index, { tensor }] of feeds.entries()) this.#values.set(tensor, fed[index]!);
    for (const operation of this.#selection.operations) this.#lowerOne(operation);
    return {
      nodes: this.#nodes,
      prologue: [],
      feeds: fed,
      fetches: fetches.map((fetch) => ("op" in fetch ? this.#fetched(fetch) : null)),
      kept: this.#selection.forEffect.flatMap(({ outputs }) => this.#values.get(outputs[0]!) ?? []),
      views: new Map(),
      checks: [],
    };
  }

  #lowerOne(operation: Operation): void {
    const { def, type, outputs } = operation;
    if (type === "Variable" || type === "NoOp") return;
    const specs = outputs.map((output) => requireConcrete(output, this.#specs));
    if (type === "Const" || def.fold !== undefined) {
      this.#define(operation, [this.#constant(operation, specs[0]!)]);
      return;
    }
    const inputs = this.#inputsOf(operation);
    const isView = def.traits.view === true || this.#isIdentity(operation);
    if (isView && sameShape(specs[0]!.shape, inputs[0]!.shape)) {
      this.#define(operation, [inputs[0]!]);
      return;
    }
    const updates = this.#updatesOf(operation);
    const made = specs.map(({ shape, dtype }, index) => (index === 0 && updates[0]?.value) || makeValue(shape, dtype));
    this.#nodes.push({
      def,
      name: operation.name,
      attrs: operation.attrs,
      inputs,
      outputs: made,
      updates,
      view: isView,
      operation,
    });
    this.#define(operation, made);
  }

  /** A fed output keeps the value that was fed. */
  #define({ outputs }: Operation, values: readonly Value[]): void {
    for (const [index, output] of outputs.entries()) {
      if (!this.#selection.fed.has(output)) this.#values.set(output, values[index]!);
    }
  }

  #inputsOf(operation: Operation): Value[] {
    const { def, inputs } = operation;
    const shapeOnly = new Set(inputPositions(def, def.traits.shapeOnly, inputs.length));
    const mutated = new Set(mutatedInputs(operation));
    return inputs.map((input, position) => {
      if (shapeOnly.has(position) && !mutated.has(position)) {
        const { shape, dtype } = requireConcrete(input, this.#specs);
        return this.#shapeValue(shape, dtype);
      }
      const variable = this.#variables.variableOf(input);
      if (variable === null) return this.#values.get(input)!;
      const seen = mutated.has(position)
        ? this.#variables.before(operation, variable)
        : this.#variables.seenBy(operation, variable);
      return this.#valueOf(variable, seen);
    });
  }

  #updatesOf(operation: Operation): Update[] {
    return mutatedInputs(operation).map((input) => {
      const variable = this.#variables.variableOf(operation.inputs[input]!)!;
      return { input, value: this.#valueOf(variable, this.#variables.before(operation, variable) + 1) };
    });
  }

  #fetched(tensor: Tensor): Value {
    const variable = this.#variables.variableOf(tensor);
    if (variable !== null) return this.#valueOf(variable, this.#variables.fetched(tensor, variable));
    return this.#values.get(tensor)!;
  }

  #valueOf(variable: Operation, number: number): Value {
    let values = this.#ofVariable.get(variable);
    if (values === undefined) this.#ofVariable.set(variable, (values = []));
    const { shape, dtype } = requireConcrete(variable.outputs[0]!, this.#specs);
    return (values[number] ??= makeValue(shape, dtype, { kind: number === 0 ? "variable" : "update", variable }));
  }

  /** One value for each shape and dtype, so that readers of equal shapes are equal. */
  #shapeValue(shape: ConcreteShape, dtype: DType): Value {
    const key = `${dtype} ${shape.join()}`;
    let value = this.#shapes.get(key);
    if (value === undefined) this.#shapes.set(key, (value = makeValue(shape, dtype, { kind: "shape" })));
    return value;
  }

  #isIdentity({ def, inputs, attrs }: Operation): boolean {
    if (def.isIdentity === undefined) return false;
    return def.isIdentity(
      nameInputs(
        def,
        inputs.map((input) => requireConcrete(input, this.#specs)),
      ),
      attrs,
    );
  }

  #constant({ def, name, inputs, attrs }: Operation, { shape, dtype }: ConcreteSpec): Value {
    const constant = (data: HostData, of: ConcreteShape = shape): Value =>
      makeValue(of, dtype, { kind: "constant", data });
    if (def.fold !== undefined) {
      const data = allocate(dtype, sizeOf(shape));
      data.set(
        def.fold(
          nameInputs(
            def,
            inputs.map((input) => requireConcrete(input, this.#specs)),
          ),
          attrs,
        ),
      );
      return constant(data);
    }
    const { data } = attrs as ConstAttrs;
    if (data.length === sizeOf(shape)) return constant(data);
    const filled = makeValue(shape, dtype);
    if (bytesOf(filled) <= FILLED_BYTES) return constant(allocate(dtype, sizeOf(shape)).fill(data[0] ?? 0));
    this.#nodes.push(
      makeNode({
        def: BroadcastLike,
        name,
        inputs: [constant(data, []), this.#shapeValue(shape, dtype)],
        outputs: [filled],
      }),
    );
    return filled;
  }
}
