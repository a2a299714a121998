import { GradientError } from "../core/errors.ts";
import type { Shape } from "../core/shape.ts";
import { nameInputs, plainName } from "../graph/name-inputs.ts";
import type { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import * as ops from "../ops/index.ts";
import { requireArguments } from "./require-arguments.ts";

export interface GradientOptions {
  /** Gradients of the ys, one for each, float32 and of its shape; `null`, and the default: ones. */
  readonly gradYs?: readonly (Tensor | null)[];
  /** Tensors through which no gradient flows. */
  readonly stopGradients?: readonly Tensor[];
  /** Name scope of the operations added; default `gradients`. */
  readonly name?: string;
}

/**
 * Symbolic gradients: adds operations that compute the sum over all ys of dy/dx for every x.
 *
 * @param ys float32 tensors. @param xs tensors, often variables.
 * @returns one gradient of each x's shape, or `null` where no path leads from x to any y, as in TensorFlow.
 * @throws GradientError when a y is no float32 tensor, or a path leads through an op whose gradient is not known.
 * @throws GraphError when they belong to several graphs.
 * @throws ValueError for what is no tensor, or when there are not as many `gradYs` as ys.
 * @throws DTypeError, ShapeError when one of `gradYs` does not fit its y.
 */
export function gradients<const Xs extends readonly Tensor[]>(
  ys: Tensor | readonly Tensor[],
  xs: Xs,
  options: GradientOptions = {},
): { -readonly [K in keyof Xs]: Xs[K] extends Tensor<infer S extends Shape> ? Tensor<S, "float32"> | null : never } {
  const targets: readonly Tensor[] = ys instanceof Tensor ? [ys] : ys;
  requireArguments(targets, xs, options);
  const graph = targets[0]?.graph ?? xs[0]?.graph;
  const build = (): (Tensor | null)[] => new ReverseWalk(targets, xs, options).run();
  const result = graph === undefined ? [] : graph.nameScope(options.name ?? "gradients", build);
  return result as ReturnType<typeof gradients<Xs>>;
}

/** One reverse walk over the graph, from the newest operation to the oldest: no recursion, so depth does not matter. */
class ReverseWalk {
  readonly #ys: readonly Tensor[];
  readonly #xs: readonly Tensor[];
  readonly #stops: ReadonlySet<Tensor>;
  /** Gradients that have arrived at each tensor, not yet added up. */
  readonly #arrived = new Map<Tensor, Tensor[]>();
  readonly #gradYs: readonly (Tensor | null)[];

  constructor(ys: readonly Tensor[], xs: readonly Tensor[], options: GradientOptions) {
    this.#ys = ys;
    this.#xs = xs;
    this.#stops = new Set(options.stopGradients);
    this.#gradYs = options.gradYs ?? [];
  }

  run(): (Tensor | null)[] {
    const path = this.#operationsBetween();
    for (const [index, y] of this.#ys.entries()) this.#seed(y, this.#gradYs[index] ?? null);
    for (const operation of path) this.#differentiate(operation);
    return this.#xs.map((x) => this.#total(x));
  }

  /** Operations that depend on an x and lead to a y, newest first: ids order every graph topologically. */
  #operationsBetween(): Operation[] {
    const ancestors = new Set<Operation>();
    const pending = this.#ys.map((y) => y.op);
    for (let operation = pending.pop(); operation !== undefined; operation = pending.pop()) {
      if (ancestors.has(operation)) continue;
      ancestors.add(operation);
      for (const input of operation.inputs) if (!this.#stops.has(input)) pending.push(input.op);
    }
    const wanted = new Set(this.#xs);
    const fromX = new Set<Operation>();
    const ordered = [...ancestors].sort((a, b) => a.id - b.id);
    for (const operation of ordered) {
      const depends = operation.inputs.some(
        (input) => !this.#stops.has(input) && (wanted.has(input) || fromX.has(input.op)),
      );
      if (depends) fromX.add(operation);
    }
    return ordered.filter((operation) => fromX.has(operation)).reverse();
  }

  #seed(y: Tensor, gradY: Tensor | null): void {
    if (y.dtype !== "float32") {
      throw new GradientError({
        problem: `gradients: y "${y.name}" is ${y.dtype}.`,
        operands: [{ name: y.name, value: y.dtype, note: "must be float32" }],
        fix: 'differentiate a float32 tensor, for example tf.cast(y, "float32") of a differentiable one.',
        site: y.op.site,
      });
    }
    this.#arrive(y, gradY ?? ops.onesLike(y));
  }

  #arrive(tensor: Tensor, gradient: Tensor): void {
    const list = this.#arrived.get(tensor);
    if (list === undefined) this.#arrived.set(tensor, [gradient]);
    else list.push(gradient);
  }

  /** The sum of what arrived, added once: later readers get the same tensor. */
  #total(tensor: Tensor): Tensor | null {
    const list = this.#arrived.get(tensor);
    if (list === undefined) return null;
    const sum = list.length === 1 ? list[0]! : ops.addN(list);
    this.#arrived.set(tensor, [sum]);
    return sum;
  }

  #differentiate(operation: Operation): void {
    const { def, outputs, inputs, attrs } = operation;
    const dys = outputs.map((output) => this.#total(output));
    const first = dys.find((dy) => dy !== null);
    if (first === undefined || def.gradient === null) return;
    const context = {
      inputs: nameInputs(def, inputs),
      attrs,
      ys: outputs,
      dys,
      y: outputs[0]!,
      // Ops with one output read `dy`; those with several read `dys` and check for null themselves.
      dy: dys[0] ?? first,
      differentiate: (ys: readonly Tensor[], xs: readonly Tensor[], gradYs: readonly Tensor[]) =>
        new ReverseWalk(ys, xs, { gradYs }).run(),
    };
    const graph = operation.graph;
    const byName = graph.nameScope(`${operation.name}_grad`, () => def.gradient!(context, ops));
    const flat = def.inputs.flatMap((name) => byName[plainName(name)] ?? [null]);
    for (const [index, input] of inputs.entries()) {
      const gradient = flat[index] ?? null;
      if (gradient !== null && !this.#stops.has(input)) this.#arrive(input, gradient);
    }
  }
}
