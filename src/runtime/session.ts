/// <reference lib="esnext.disposable" preserve="true" />
import { compile } from "../compiler/compile.ts";
import { explainPlan, type Explanation } from "../compiler/explain.ts";
import { formatExplanation } from "../compiler/explain-table.ts";
import type { Plan, StepTimes } from "../compiler/plan.ts";
import { type Trace, traceOf } from "../compiler/trace.ts";
import type { HostData } from "../core/dtype.ts";
import { ClosedError, MemoryError, NumericsError, UninitializedError, ValueError } from "../core/errors.ts";
import type { NDArray } from "../core/ndarray.ts";
import { formatShape } from "../core/shape.ts";
import { getDefaultGraph, type Graph } from "../graph/graph.ts";
import { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import type { Backend, Device, LoadedPlan } from "./backend.ts";
import { checkFeeds, type Feed, type Feeds } from "./feeds.ts";
import { type Fetch, type Fetched, type FlatFetch, flattenFetch, toArray } from "./fetches.ts";
import { assignmentOf, type ImportedState, matchState, type SessionState } from "./session-state.ts";

export interface SessionOptions {
  /** Default: the default graph at the time of the call. */
  readonly graph?: Graph;
  readonly backend: Backend;
  /** Check every float32 result for NaN and infinity, and name the first operation that made one. Slow. */
  readonly checkNumerics?: boolean;
  /**
   * `"fast"`, the default: convolutions may run by algorithms that round more than a direct sum does (Winograd's; relative errors of
   * about 1e-6 to 1e-5 instead of 1e-7 to 1e-6, `docs/performance.md` has them). `"exact"`: direct sums only.
   */
  readonly precision?: "fast" | "exact";
}

/** A plan as people read it. */
export interface SessionExplanation extends Explanation {
  /** The steps as a table, for a terminal. */
  readonly text: string;
  /** In Chrome's trace format (chrome://tracing, Perfetto); null without a profile. */
  readonly trace: Trace | null;
}

/**
 * How many plans a session keeps: more than programs have, but for those that feed ever new shapes. Every plan holds its
 * tape and its constants in the backend's memory.
 */
const MOST_PLANS = 128;

/** A plan that is loaded, with what a run needs to know of it. */
interface Ready {
  /** Names the plan: fetches and the shapes of the feeds. */
  readonly key: string;
  readonly fetch: FlatFetch;
  readonly plan: Plan;
  readonly loaded: LoadedPlan;
}

/** What one call asks for, checked. */
interface Request {
  readonly fetch: FlatFetch;
  readonly fed: readonly Feed[];
  /** The fetch itself, when it is one tensor or operation and nothing is fed. */
  readonly leaf: Tensor | Operation | undefined;
  /** The plan, when there is one already. */
  readonly ready: Ready | undefined;
}

/**
 * Owns the variables' values and the compiled plans of one graph on one backend.
 *
 * Plans are compiled at the first run of each set of fetches and feed shapes, and kept; of very many those not used for
 * the longest time are given up, and so are all others when a new one does not fit into the memory.
 */
export class Session {
  readonly graph: Graph;
  readonly #backend: Backend;
  readonly #checkNumerics: boolean;
  readonly #exact: boolean;
  /** In the order of their last use. */
  readonly #plans = new Map<string, Ready>();
  readonly #unloaded = new WeakSet<LoadedPlan>();
  /** The commonest run, one fetch without feeds, finds its plan without making a key. */
  readonly #direct = new Map<Tensor | Operation, Ready>();
  readonly #initialized = new Set<Operation>();
  readonly #counters = new Map<Operation, number>();
  #device: Promise<Device> | null = null;
  /** Ends when the runs asked for so far have ended; null when none is under way. */
  #pending: Promise<unknown> | null = null;
  #closed = false;

  /** @throws ValueError when the backend is none. */
  constructor(options: SessionOptions) {
    requireBackend(options.backend);
    this.graph = options.graph ?? getDefaultGraph();
    this.#backend = options.backend;
    this.#checkNumerics = options.checkNumerics ?? false;
    this.#exact = options.precision === "exact";
  }

  /**
   * Computes what is fetched.
   *
   * Runs of one session never overlap: a second call waits for the first. Within a run, a variable read has the value
   * from before the run unless control or data dependencies put the read after an assignment.
   *
   * @param fetches a tensor, an operation, or arrays and records of them.
   * @param feeds values for placeholders (or any other tensor, which is then not computed).
   * @returns values in the form of `fetches`: an `NDArray` for a tensor, `null` for an operation.
   * @throws FeedError, GraphError, UninitializedError, MemoryError, NumericsError, BackendError, ClosedError
   */
  async run<const F extends Fetch>(fetches: F, feeds?: Feeds): Promise<Fetched<F>> {
    if (this.#closed) throw closed();
    const request = this.#requestOf(fetches, feeds);
    const waits = this.#pending !== null || request.ready === undefined;
    // The caller may change what it fed as soon as we let it run again. Where the backend waits, it makes the copy.
    const data = request.fed.map((feed) => (waits ? feed.data.slice() : feed.data));
    return this.#enqueue(() => this.#perform(request, data)) as Promise<Fetched<F>>;
  }

  /**
   * The plan of these fetches: what runs, in which order, on what memory.
   * @param options.profile also run the plan once (after one run to warm up) and measure every step; variables change.
   */
  async explain(
    fetches: Fetch,
    feeds?: Feeds,
    options: { readonly profile?: boolean } = {},
  ): Promise<SessionExplanation> {
    if (this.#closed) throw closed();
    const request = this.#requestOf(fetches, feeds);
    const data = request.fed.map((feed) => feed.data.slice());
    return this.#enqueue(async () => {
      const ready = await this.#prepare(request);
      const profile = options.profile === true ? await this.#measure(ready, data) : undefined;
      const explanation = explainPlan(ready.plan, ready.loaded.describe(), profile);
      const trace = profile === undefined ? null : traceOf(explanation, profile);
      return { ...explanation, text: formatExplanation(explanation), trace };
    });
  }

  /** Copies what the runs so far have left behind: values of variables, and how often random operations ran. */
  async exportState(): Promise<SessionState> {
    return this.#enqueue(async () => {
      const variables = [...this.#initialized];
      const request = this.#requestOf(
        variables.map((variable) => variable.outputs[0]!),
        undefined,
      );
      const values = (await this.#perform(request, [])) as NDArray[];
      return {
        variables: new Map(variables.map((variable, index) => [variable.name, values[index]!])),
        randomRuns: new Map([...this.#counters].map(([operation, runs]) => [operation.name, runs])),
      };
    });
  }

  /**
   * Goes on from an exported state. Variables that it does not name keep their values. Random operations that its
   * `randomRuns` do not name begin anew; without `randomRuns` all of them stay as they are.
   * @throws GraphError that lists all names and shapes this graph does not have; then nothing was changed.
   */
  async importState(state: ImportedState): Promise<void> {
    const { values, randomRuns } = matchState(state, this.graph);
    return this.#enqueue(async () => {
      // One variable a run: all of them at once would need their memory twice.
      for (const restored of values) {
        const { fetch, feeds } = assignmentOf(restored);
        const request = this.#requestOf(fetch, feeds);
        await this.#perform(
          request,
          request.fed.map((feed) => feed.data),
        );
      }
      if (randomRuns === undefined) return;
      this.#counters.clear();
      for (const [operation, runs] of randomRuns) this.#counters.set(operation, runs);
    });
  }

  /** Ends when everything asked for has ended; then frees variables and plans. Later runs throw `ClosedError`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pending?.catch(() => undefined);
    this.#plans.clear();
    this.#direct.clear();
    await (await this.#device)?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #enqueue<T>(task: () => Promise<T> | T): Promise<T> {
    if (this.#closed) throw closed();
    const before = this.#pending;
    const run = before === null ? task() : before.then(task, task);
    if (!(run instanceof Promise)) return run;
    this.#pending = run;
    try {
      return await run;
    } finally {
      if (this.#pending === run) this.#pending = null;
    }
  }

  /** Checks what is asked for, at the time of the call. */
  #requestOf(fetches: Fetch, feeds: Feeds | undefined): Request {
    const leaf = feeds === undefined && isLeaf(fetches) ? fetches : undefined;
    const direct = leaf === undefined ? undefined : this.#direct.get(leaf);
    if (direct !== undefined) {
      this.#touch(direct);
      return { fetch: direct.fetch, fed: [], leaf, ready: direct };
    }
    const fetch = flattenFetch(fetches, this.graph);
    const fed = feeds === undefined ? [] : checkFeeds(feeds, this.graph);
    const known = this.#plans.get(keyOf(fetch, fed));
    if (known !== undefined) this.#touch(known);
    return { fetch, fed, leaf, ready: known === undefined ? undefined : { ...known, fetch } };
  }

  #perform(request: Request, data: readonly HostData[]): unknown {
    const { ready: known } = request;
    // A run that this one waited for may have taken the plan's place.
    if (known !== undefined && !this.#unloaded.has(known.loaded)) return this.#execute(known, data, undefined);
    return this.#prepare(request).then((ready) => this.#execute(ready, data, undefined));
  }

  /** Finds or makes the plan. */
  async #prepare({ fetch, fed, leaf }: Request): Promise<Ready> {
    const key = keyOf(fetch, fed);
    const known = this.#plans.get(key);
    const ready = known === undefined ? await this.#load(key, fetch, fed) : { ...known, fetch };
    this.#touch(ready);
    this.#keepPlans(MOST_PLANS);
    if (leaf !== undefined) this.#direct.set(leaf, ready);
    return ready;
  }

  /** The plan becomes the one that was used last. */
  #touch(ready: Ready): void {
    this.#plans.delete(ready.key);
    this.#plans.set(ready.key, ready);
  }

  /** Gives up all plans but so many that were used last. */
  #keepPlans(most: number): void {
    for (const [key, { loaded }] of this.#plans) {
      if (this.#plans.size <= most) return;
      this.#plans.delete(key);
      this.#unloaded.add(loaded);
      for (const [leaf, direct] of this.#direct) if (direct.loaded === loaded) this.#direct.delete(leaf);
      loaded.unload();
    }
  }

  async #load(key: string, fetch: FlatFetch, fed: readonly Feed[]): Promise<Ready> {
    this.#device ??= this.#backend.open();
    const device = await this.#device;
    const plan = compile({
      graph: this.graph,
      fetches: fetch.leaves,
      feeds: fed.map(({ tensor, shape }) => ({ tensor, shape })),
      target: device.target,
      options: { checkNumerics: this.#checkNumerics, exact: this.#exact },
    });
    const load = async (): Promise<Ready> => ({ key, fetch, plan, loaded: await device.load(plan) });
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof MemoryError) || this.#plans.size === 0) throw error;
      this.#keepPlans(0);
      return load();
    }
  }

  /** One run to warm up, one to measure. */
  async #measure(ready: Ready, data: readonly HostData[]): Promise<StepTimes> {
    const steps = ready.plan.steps.length;
    const profile = { starts: new Float64Array(steps), ends: new Float64Array(steps) };
    await this.#execute(ready, data, undefined);
    await this.#execute(ready, data, profile);
    return profile;
  }

  #execute({ fetch, plan, loaded }: Ready, feeds: readonly HostData[], profile: StepTimes | undefined): unknown {
    for (const variable of plan.reads) if (!this.#initialized.has(variable)) throw uninitialized(variable);
    const counters = plan.randomOps.map((operation) => this.#counters.get(operation) ?? 0);
    const results = loaded.run({ feeds, counters, profile });
    const finish = (data: readonly (HostData | null)[]): unknown => {
      for (const [index, operation] of plan.randomOps.entries()) this.#counters.set(operation, counters[index]! + 1);
      requireFinite(plan, data);
      // Behind the check: what made NaN gave no variable its first value.
      for (const variable of plan.writes) this.#initialized.add(variable);
      return fetch.rebuild(
        fetch.leaves.map((leaf, index) => toArray(leaf, plan.fetches[index]?.shape, data[index] ?? null)),
      );
    };
    return results instanceof Promise ? results.then(finish) : finish(results);
  }
}

/** @throws NumericsError that names the first operation, in the order they ran, with a NaN or infinity. */
function requireFinite({ checks, fetches }: Plan, data: readonly (HostData | null)[]): void {
  const first = fetches.length - checks.length;
  const index = checks.findIndex((_, i) => (data[first + i]?.[0] ?? 0) > 0);
  const culprit = checks[index];
  if (culprit === undefined) return;
  throw new NumericsError({
    problem: `checkNumerics: ${culprit.type} "${culprit.name}" made NaN or infinity in ${data[first + index]![0]} of its elements.`,
    operands: culprit.inputs.map((input) => ({ name: input.name, value: formatShape(input.shape), note: input.dtype })),
    fix: "nothing before it did: look at its inputs (a too large learning rate, log or division of 0, exp of a large number).",
    site: culprit.site,
  });
}

function isLeaf(fetch: Fetch): fetch is Tensor | Operation {
  return fetch instanceof Tensor || fetch instanceof Operation;
}

function keyOf(fetch: FlatFetch, fed: readonly Feed[]): string {
  const fetches = fetch.leaves.map((leaf) => (leaf instanceof Tensor ? `${leaf.op.id}:${leaf.index}` : `${leaf.id}`));
  const feeds = fed.map(({ tensor, shape }) => `${tensor.op.id}:${tensor.index}${formatShape(shape)}`);
  return `${fetches.join()}|${feeds.join()}`;
}

function uninitialized(variable: Operation): UninitializedError {
  return new UninitializedError({
    problem: `variable "${variable.name}" is read, but it has no value in this session.`,
    operands: [{ name: variable.name, value: formatShape(variable.outputs[0]!.shape), note: "never assigned" }],
    fix:
      "run tf.globalVariablesInitializer() in this session first; an initial value that needs another variable's must be " +
      "built from that variable's initialValue.",
    site: variable.site,
  });
}

/** JavaScript lets a backend's name through. */
function requireBackend(backend: unknown): void {
  if (typeof backend === "object" && backend !== null && "open" in backend) return;
  throw new ValueError({
    problem: `Session: backend is ${typeof backend === "string" ? `"${backend}"` : typeof backend}, not a backend.`,
    fix: "leave it out, or pass what tf.wasm() or tf.reference() returned.",
  });
}

function closed(): ClosedError {
  return new ClosedError({ problem: "the session is closed.", fix: "make a new tf.Session()." });
}
