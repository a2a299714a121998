import { GraphError, ValueError } from "../core/errors.ts";
import { leaveAfter, requireBuild, requireBuilt } from "./build-function.ts";
import { CallSite } from "./call-site.ts";
import { calledAs, describeProblem } from "./describe-problem.ts";
import { frozenAttrs } from "./frozen.ts";
import { nameInputs } from "./name-inputs.ts";
import type { OpDef, TensorSpec } from "./op-def.ts";
import { Operation } from "./operation.ts";
import { OpProblem } from "./problem.ts";
import { Scopes } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

/**
 * A program: operations in the order of their creation. Building one computes nothing.
 *
 * There is always a default graph; `graph.asDefault(() => ...)` makes another one the default while the function runs.
 */
export class Graph {
  readonly #operations: Operation[] = [];
  readonly #byName = new Map<string, Operation>();
  readonly #scopes = new Scopes();
  readonly #collections = new Map<string, unknown[]>();
  #controlInputs: readonly Operation[] = [];
  /** The graph-level seed, see `tf.setRandomSeed`; null when none was set. */
  seed: number | null = null;

  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** Makes this graph the default one while `build` runs (until its promise settles, when it returns one). */
  asDefault<T>(build: (graph: this) => T): T {
    requireBuild("asDefault", build);
    stack.push(this);
    const leave = (): void => {
      stack.splice(stack.lastIndexOf(this), 1);
    };
    return leaveAfter(() => build(this), leave);
  }

  /**
   * Prefixes the names of operations built by `build`. The scope, `"conv1/"`, may serve as a name of its result.
   * @throws GraphError when `build` is asynchronous.
   */
  nameScope<T>(name: string, build: (scope: string) => T): T {
    requireBuild("nameScope", build, '"layer", ');
    return requireBuilt("nameScope", this.#scopes.within(name, build));
  }

  /**
   * Operations built by `build` run after `inputs`; with `null` they forget the dependencies of outer calls.
   * @throws GraphError when `build` is asynchronous, or an input is of another graph.
   */
  controlDependencies<T>(inputs: readonly (Operation | Tensor)[] | null, build: () => T): T {
    requireBuild("controlDependencies", build, "[step], ");
    const given: unknown = inputs;
    if (given !== null && !Array.isArray(given)) {
      throw new ValueError({
        problem: "controlDependencies: inputs is no list of operations and tensors.",
        fix: "pass a list, controlDependencies([step], () => ...), or null.",
      });
    }
    const outer = this.#controlInputs;
    const missing = inputs?.findIndex((input: unknown) => typeof input !== "object" || input === null) ?? -1;
    if (missing >= 0) {
      throw new ValueError({
        problem: `controlDependencies: inputs[${missing}] is ${String(inputs?.[missing])}, not an operation or tensor.`,
        fix: "pass operations and tensors; a function that builds one has to return it.",
      });
    }
    const added = inputs?.map((input) => ("op" in input ? input.op : input)) ?? [];
    const stranger = added.find((operation) => operation.graph !== this);
    if (stranger !== undefined) {
      throw new GraphError({
        problem: `controlDependencies: "${stranger.name}" belongs to another graph.`,
        operands: [{ name: stranger.name, value: "another graph" }],
        fix: "depend on operations of the graph that is being built.",
        site: stranger.site,
      });
    }
    this.#controlInputs = inputs === null ? [] : [...new Set([...outer, ...added])];
    try {
      return requireBuilt("controlDependencies", build());
    } finally {
      this.#controlInputs = outer;
    }
  }

  /** @throws GraphError when there is no such operation. */
  getOperationByName(name: string): Operation {
    const operation = this.#byName.get(name);
    if (operation === undefined) throw this.#unknownName("operation", name);
    return operation;
  }

  /** A tensor by `name:output`. @throws GraphError when there is none. */
  getTensorByName(name: string): Tensor {
    const [operation, output = "0"] = name.split(":");
    const tensor = this.#byName.get(operation ?? "")?.outputs[Number(output)];
    if (tensor === undefined) throw this.#unknownName("tensor", name);
    return tensor;
  }

  /** Named lists of things built on the way (variables, summaries, update operations). */
  addToCollection(name: string, item: unknown): void {
    this.#collections.set(name, [...(this.#collections.get(name) ?? []), item]);
  }

  getCollection(name: string): readonly unknown[] {
    return this.#collections.get(name) ?? [];
  }

  /** A free name in the current scope. */
  uniqueName(wanted: string): string {
    return this.#scopes.unique(wanted);
  }

  /**
   * Adds an operation. Users call op functions; this is what those call.
   * @throws ShapeError, DTypeError, ValueError from shape inference. @throws GraphError when inputs are of another graph.
   */
  createOperation(def: OpDef, inputs: readonly Tensor[], given: object, name?: string): Operation {
    const site = new CallSite();
    const attrs = frozenAttrs(given);
    const wanted = name ?? def.name;
    this.#requireOwn(inputs, def, wanted, site);
    let outputs: readonly TensorSpec[];
    try {
      outputs = def.infer(nameInputs(def, inputs), attrs);
    } catch (problem) {
      if (!(problem instanceof OpProblem)) throw problem;
      throw describeProblem(problem, { def, name: this.#scopes.prefix + wanted, inputs, site: site.line });
    }
    const operation = new Operation({
      graph: this,
      id: this.#operations.length,
      name: this.#scopes.unique(wanted),
      def,
      inputs,
      controlInputs: this.#controlInputs,
      attrs,
      outputs,
      site,
    });
    this.#operations.push(operation);
    this.#byName.set(operation.name, operation);
    return operation;
  }

  #requireOwn(inputs: readonly Tensor[], def: OpDef, wanted: string, site: CallSite): void {
    const stranger = inputs.find((input) => input.graph !== this);
    if (stranger === undefined) return;
    throw new GraphError({
      problem: `${calledAs(def)} "${wanted}": the inputs come from two graphs.`,
      operands: inputs.map((input) => ({
        name: input.name,
        value: input.graph === this ? "this graph" : "another graph",
      })),
      fix: "build all of them inside one graph.asDefault(...).",
      site: site.line,
    });
  }

  #unknownName(kind: string, name: string): GraphError {
    const near = [...this.#byName.keys()].filter((known) =>
      known.toLowerCase().includes(name.split(":")[0]!.toLowerCase()),
    );
    return new GraphError({
      problem: `the graph has no ${kind} named "${name}".`,
      fix:
        near.length > 0
          ? `did you mean ${near
              .slice(0, 3)
              .map((n) => `"${n}"`)
              .join(", ")}?`
          : "look at graph.operations.",
    });
  }
}

const stack: Graph[] = [new Graph()];

/** The graph that ops without tensor inputs are added to. */
export function getDefaultGraph(): Graph {
  return stack.at(-1)!;
}

/** Replaces the outermost default graph by an empty one. @throws GraphError inside `asDefault`. */
export function resetDefaultGraph(): void {
  if (stack.length > 1) {
    throw new GraphError({
      problem: "resetDefaultGraph() was called inside graph.asDefault(...).",
      fix: "call it outside, or build in a new tf.Graph().",
    });
  }
  stack[0] = new Graph();
}
