import { allocate, type HostData } from "../../core/dtype.ts";
import { ClosedError } from "../../core/errors.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Buffer, CompileTarget, Operand, Plan, Step, StepDescription } from "../../compiler/plan.ts";
import type { Backend, Device, LoadedPlan, RunRequest } from "../../runtime/backend.ts";
import { sizeOf } from "../../core/shape.ts";
import type { ReferenceCall, ReferenceKernel, Values } from "./kernel.ts";
import { kernels } from "./kernels/index.ts";
import type { OpName } from "../../compiler/plan.ts";

/**
 * The reference backend: executable documentation. Every value is float64, every kernel plain loops; all other backends
 * are tested against it.
 */
export function reference(): Backend {
  return new ReferenceBackend();
}

class ReferenceBackend implements Backend {
  readonly name = "reference";
  #closed = false;

  async open(): Promise<Device> {
    if (this.#closed) throw closed();
    return new ReferenceDevice(() => this.#closed);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

const target: CompileTarget = { name: "reference", workspaceBytes: () => 0, fusions: new Set() };

class ReferenceDevice implements Device {
  readonly target = target;
  readonly #variables = new Map<Operation, Float64Array>();
  readonly #isClosed: () => boolean;
  #closed = false;

  constructor(isClosed: () => boolean) {
    this.#isClosed = isClosed;
  }

  async load(plan: Plan): Promise<LoadedPlan> {
    if (this.#closed || this.#isClosed()) throw closed();
    return new ReferencePlan(plan, this.#variables, () => this.#closed || this.#isClosed());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#variables.clear();
  }
}

/**
 * Keeps one array for each buffer: views and in-place results share it as the plan says, so that the reference runs the
 * plan itself and would show a wrong one.
 */
class ReferencePlan implements LoadedPlan {
  readonly #plan: Plan;
  readonly #isClosed: () => boolean;
  readonly #storage = new Map<Buffer, Float64Array>();

  constructor(plan: Plan, variables: Map<Operation, Float64Array>, isClosed: () => boolean) {
    this.#plan = plan;
    this.#isClosed = isClosed;
    for (const buffer of plan.buffers) {
      if (buffer.variable === undefined) continue;
      const known = variables.get(buffer.variable) ?? new Float64Array(sizeOf(shapeOfVariable(buffer.variable)));
      variables.set(buffer.variable, known);
      this.#storage.set(buffer, known);
    }
    for (const step of plan.prologue) this.#execute(step, 0);
  }

  run({ feeds, counters, profile }: RunRequest): (HostData | null)[] {
    if (this.#isClosed()) throw closed();
    for (const [index, feed] of this.#plan.feeds.entries()) this.#values(feed).data.set(feeds[index]!);
    const start = performance.now();
    for (const [index, step] of this.#plan.steps.entries()) {
      if (profile !== undefined) profile.starts[index] = performance.now() - start;
      this.#execute(step, step.counter === null ? 0 : counters[step.counter]!);
      if (profile !== undefined) profile.ends[index] = performance.now() - start;
    }
    return this.#plan.fetches.map((fetch) => (fetch === null ? null : toHost(this.#values(fetch))));
  }

  describe(): StepDescription[] {
    return this.#plan.steps.map((step) => ({ kernel: step.op, tasks: 1 }));
  }

  unload(): void {
    this.#storage.clear();
  }

  #execute(step: Step, counter: number): void {
    const inputs = step.inputs.map((operand) => this.#values(operand));
    const outputs = step.outputs.map((operand) => this.#values(operand));
    // In place, a kernel must not see its own output appear in its input; a mutating op, however, wants exactly that.
    const aliased = step.outputs.some(
      (output) => output.buffer.place === "arena" && step.inputs.some((i) => i.buffer === output.buffer),
    );
    const read = aliased ? inputs.map((values) => ({ ...values, data: values.data.slice() })) : inputs;
    // Kernels add to zeros, but for those that change what they read.
    for (const [index, { buffer }] of step.outputs.entries()) {
      const isChanged = buffer.place === "variable" && step.inputs.some((input) => input.buffer === buffer);
      if (!isChanged) outputs[index]!.data.fill(0);
    }
    call(step, { inputs: read, outputs, attrs: step.attrs, geometry: step.geometry, counter });
  }

  #values({ shape, dtype, buffer }: Operand): Values {
    const size = sizeOf(shape);
    let data = this.#storage.get(buffer);
    if (data === undefined) {
      data = buffer.data === undefined ? new Float64Array(size) : Float64Array.from(buffer.data);
      this.#storage.set(buffer, data);
    }
    return { shape, dtype, data: data.length === size ? data : data.subarray(0, size) };
  }
}

/** The table is keyed by op name and each kernel typed by its op; a step of that op is what the kernel expects. */
function call(step: Step, arguments_: ReferenceCall<OpName>): void {
  const kernel = kernels[step.op] as ReferenceKernel<OpName>;
  kernel(arguments_);
}

function shapeOfVariable(variable: Operation): readonly number[] {
  return variable.outputs[0]!.shape.map((dimension) => dimension ?? 0);
}

function toHost({ dtype, data }: Values): HostData {
  if (dtype === "float32") return data.slice();
  const host = allocate(dtype, data.length);
  host.set(data);
  return host;
}

function closed(): ClosedError {
  return new ClosedError({ problem: "the reference backend is closed.", fix: "make a new session." });
}
