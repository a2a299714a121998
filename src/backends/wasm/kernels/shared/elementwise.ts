import type { OpName } from "../../../../compiler/plan.ts";
import type { DType } from "../../../../core/dtype.ts";
import { InternalError } from "../../../../core/errors.ts";
import { sizeOf } from "../../../../core/shape.ts";
import { axisWords, type BroadcastWalk, walkOver } from "./broadcast.ts";
import { float, type Launch, launch, type PlacedStep, tasksFor } from "../../kernel.ts";

/** What the elementwise launches read of a step, the same for every op. */
type Step = Pick<PlacedStep<OpName>, "inputs" | "outputs">;

/** An elementwise kernel's export for each dtype of the first input: `{ float32: "add", int32: "addInt", ... }`. */
export type KernelNames = Readonly<Partial<Record<DType, string>>>;

/** Up to two numbers that a kernel takes besides its tensors. */
export type Parameters = readonly [p?: number, q?: number];

/** y[i] = f(x[i]). */
export function mapLaunches(names: KernelNames, { inputs, outputs }: Step, [p = 0, q = 0]: Parameters = []): Launch[] {
  const [x] = inputs;
  const [y] = outputs;
  const n = sizeOf(y!.shape);
  const args = { x: x!.address, y: y!.address, n, p: float(p), q: float(q) };
  return [launch(kernelFor(names, x!.dtype), tasksFor(n), args)];
}

/** y = f(a, b), with broadcasting. */
export function combineLaunches(
  names: KernelNames,
  { inputs, outputs }: Step,
  [p = 0, q = 0]: Parameters = [],
): Launch[] {
  const [a, b] = inputs;
  const [y] = outputs;
  const n = sizeOf(y!.shape);
  const { inner, steps, axes } = walkOver([a!.shape, b!.shape], y!.shape);
  const args = {
    a: a!.address,
    b: b!.address,
    y: y!.address,
    n,
    inner,
    aStep: steps[0]!,
    bStep: steps[1]!,
    p: float(p),
    q: float(q),
    repeated: repeatedInput({ inner, steps, axes }),
    ...axisWords(axes),
  };
  return [launch(kernelFor(names, a!.dtype), tasksFor(n), args, SCRATCH_BYTES)];
}

/** Rows shorter than this are strung together in scratch memory; see assembly/binary.ts. */
const SHORT = 64;
const SCRATCH_BYTES = 3 * SHORT * 4;

/** 1 or 2 when that input is a single short row and the other is as large as the output; else 0. */
function repeatedInput({ inner, steps, axes }: BroadcastWalk): 0 | 1 | 2 {
  const [outer] = axes;
  if (outer === undefined || axes.length > 1 || inner >= SHORT || steps.includes(0)) return 0;
  if (outer.strides[0] === 0) return 1;
  return outer.strides[1] === 0 ? 2 : 0;
}

/** An op of one input without parameters, as its whole host side. */
export function unary(names: KernelNames): { launches(step: Step): Launch[] } {
  return { launches: (step) => mapLaunches(names, step) };
}

/** An op of two inputs that broadcast, without parameters, as its whole host side. */
export function binary(names: KernelNames): { launches(step: Step): Launch[] } {
  return { launches: (step) => combineLaunches(names, step) };
}

function kernelFor(names: KernelNames, dtype: DType): string {
  const kernel = names[dtype];
  if (kernel !== undefined) return kernel;
  // Shape inference has refused such a graph.
  throw new InternalError({ problem: `wasm: no kernel for ${dtype}, only for ${Object.keys(names).join(", ")}.` });
}
