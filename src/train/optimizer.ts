import { gradients } from "../autodiff/gradients.ts";
import { GradientError, ValueError } from "../core/errors.ts";
import { formatShape, type ConcreteShape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import type { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import { assignAdd, constant, group, trainableVariables, variable, type Variable } from "../ops/index.ts";

/** A gradient with its variable; `null` where no path leads from the variable to the loss. */
export type GradientAndVariable = readonly [gradient: Tensor | null, variable: Variable];

/** A number, or a scalar float32 tensor: a placeholder, a schedule, a variable. */
export type Scalar = number | Tensor;

export interface ComputeGradientsOptions {
  /** The gradient of what is wanted by the loss, of its shape; default: ones. */
  readonly gradLoss?: Tensor;
  /** Variables to differentiate by; default: the trainable variables of the loss's graph. */
  readonly varList?: readonly Variable[];
}

export interface ApplyGradientsOptions {
  /** A variable that counts steps: 1 is added to it after all updates. */
  readonly globalStep?: Variable;
  readonly name?: string;
}

export interface MinimizeOptions extends ComputeGradientsOptions, ApplyGradientsOptions {}

/**
 * What all optimizers share: `minimize` is `computeGradients` and `applyGradients`. A subclass says how one variable is
 * updated, and keeps what it needs between steps in slots: variables that are initialized with all others.
 */
export abstract class Optimizer {
  /** Used for the names of operations and slots. */
  readonly name: string;
  readonly #slots = new Map<string, Map<Variable, Variable>>();

  constructor(name: string) {
    this.name = name;
  }

  /**
   * The operation that does one step of descent.
   *
   * @param loss float32, usually a scalar.
   * @throws GradientError when no variable leads to the loss. @throws ValueError when there are no variables at all.
   */
  minimize(loss: Tensor, options: MinimizeOptions = {}): Operation {
    if (!(loss instanceof Tensor)) {
      throw new ValueError({
        problem: `${this.name}: the loss is ${String(loss)}, not a tensor.`,
        fix: "pass the tensor to minimize; a function that builds one has to return it.",
      });
    }
    const pairs = this.computeGradients(loss, options);
    if (pairs.every(([gradient]) => gradient === null)) throw noGradient(loss, pairs);
    return this.applyGradients(pairs, options);
  }

  /** Gradients of the loss, one for each variable, `null` where there is none. */
  computeGradients(loss: Tensor, options: ComputeGradientsOptions = {}): GradientAndVariable[] {
    const variables = options.varList ?? trainableVariables(loss.graph);
    if (variables.length === 0) {
      throw new ValueError({
        problem: `${this.name}: there are no variables to optimize.`,
        operands: [{ name: "loss", value: formatShape(loss.shape), note: loss.name }],
        fix: "build the loss from tf.variable(...) with trainable: true, or pass varList.",
      });
    }
    const found = gradients(loss, variables, options.gradLoss === undefined ? {} : { gradYs: [options.gradLoss] });
    return variables.map((v, index) => [found[index] ?? null, v] as const);
  }

  /**
   * The operation that updates every variable that has a gradient, and counts the step.
   * @throws GradientError when none has one.
   */
  applyGradients(pairs: readonly GradientAndVariable[], options: ApplyGradientsOptions = {}): Operation {
    const present = pairs.filter((pair): pair is readonly [Tensor, Variable] => pair[0] !== null);
    const first = present[0];
    if (first === undefined) throw noGradient(null, pairs);
    const graph = first[1].graph;
    return graph.asDefault(() =>
      graph.nameScope(options.name ?? this.name, () => {
        const apply = this.prepare(graph);
        const updates = present.map(([gradient, v]) => apply(gradient, v).op);
        const finish = graph.controlDependencies(updates, () => this.finish());
        const all = [...updates, ...finish];
        const { globalStep } = options;
        if (globalStep === undefined) return group(...all);
        const counted = graph.controlDependencies(all, () =>
          assignAdd(globalStep, constant(1, { dtype: globalStep.dtype })),
        );
        return group(...all, counted);
      }),
    );
  }

  /** Names of the slots made so far: `momentum`, `m`. */
  getSlotNames(): string[] {
    return [...this.#slots.keys()];
  }

  /** The slot of a variable, or `null` before `applyGradients`. */
  getSlot(v: Variable, slot: string): Variable | null {
    return this.#slots.get(slot)?.get(v) ?? null;
  }

  /** Every variable this optimizer keeps between steps. */
  variables(): Variable[] {
    return [...this.#slots.values()].flatMap((slots) => [...slots.values()]);
  }

  /** Called once per `applyGradients`: makes what all updates share, returns how one variable is updated. */
  protected abstract prepare(graph: Graph): (gradient: Tensor, v: Variable) => Tensor;

  /** Operations that run after all updates, once a step. */
  protected finish(): Operation[] {
    return [];
  }

  /** A variable of the shape of `v`, filled with `value`, kept from step to step. */
  protected slot(v: Variable, slot: string, value = 0): Variable {
    const slots = this.#slots.get(slot) ?? new Map<Variable, Variable>();
    this.#slots.set(slot, slots);
    const known = slots.get(v);
    if (known !== undefined) return known;
    const made = v.graph.nameScope("", () =>
      variable(constant(value, { shape: v.shape as ConcreteShape, dtype: "float32" }), {
        name: `${v.op.name}/${this.name}/${slot}`,
        trainable: false,
      }),
    );
    slots.set(v, made);
    return made;
  }
}

function noGradient(loss: Tensor | null, pairs: readonly GradientAndVariable[]): GradientError {
  return new GradientError({
    problem: `no gradient: no path leads from any variable to the loss${loss === null ? "" : ` "${loss.name}"`}.`,
    operands: pairs.map(([, v]) => ({ name: v.op.name, value: formatShape(v.shape), note: "not connected" })),
    fix: "compute the loss from the variables, through ops that have gradients (not argMax, cast to int32, stopGradient).",
    site: loss?.op.site,
  });
}
