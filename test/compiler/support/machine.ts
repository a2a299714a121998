import type { HostData } from "../../../src/core/dtype.ts";
import { sizeOf } from "../../../src/core/shape.ts";
import type { Operation } from "../../../src/graph/operation.ts";
import type { Buffer, CompileTarget, Operand, Plan, Step } from "../../../src/compiler/plan.ts";

/**
 * A tiny backend with one real arena: every buffer is a window on the same bytes, at the plan's offsets, so a plan that
 * lets two live buffers overlap computes nonsense. Knows a handful of ops, float32 and int32 (kept as float32).
 */
export class Machine {
  readonly variables: Map<Operation, Float32Array> = new Map<Operation, Float32Array>();

  /** Runs a plan from the prologue on; the arena starts and each workspace is left full of garbage. */
  run(plan: Plan, feeds: readonly (readonly number[])[] = []): (number[] | null)[] {
    const arena = new Float32Array(plan.arenaBytes / 4).fill(-12345);
    const constants = new Map<Buffer, Float32Array>();
    const at = ({ buffer, shape }: Operand): Float32Array => {
      if (buffer.bytes === 0) return new Float32Array(0);
      return windowOn(buffer, arena, constants, this.variables).subarray(0, sizeOf(shape));
    };
    const execute = (step: Step): void => {
      if (step.workspace !== null) windowOn(step.workspace, arena, constants, this.variables).fill(-777);
      const kernel = KERNELS[step.op];
      if (kernel === undefined) throw new Error(`the machine has no ${step.op}`);
      kernel(step.inputs.map(at), step.outputs.map(at), step);
    };
    for (const step of plan.prologue) execute(step);
    // Other plans use the same arena between loading and running.
    arena.fill(-54321);
    for (const [index, feed] of plan.feeds.entries()) at(feed).set(feeds[index]!);
    for (const step of plan.steps) execute(step);
    return plan.fetches.map((fetch) => (fetch === null ? null : [...at(fetch)]));
  }
}

/** Asks for a workspace now and then, and can fuse when told to. */
export const machineTarget: CompileTarget = {
  name: "machine",
  workspaceBytes: ({ op, outputs }) => (op === "Mul" ? (outputs[0]?.buffer.bytes ?? 0) : 0),
  fusions: new Set(["FusedConv2D", "FusedConv2DBackpropInput", "FusedConv2DMaxPool", "FusedMatMul"]),
};

function windowOn(
  buffer: Buffer,
  arena: Float32Array,
  constants: Map<Buffer, Float32Array>,
  variables: Map<Operation, Float32Array>,
): Float32Array {
  const { place, offset, bytes, data, variable } = buffer;
  if (place === "arena") return arena.subarray(offset / 4, (offset + bytes) / 4);
  if (variable !== undefined) return remember(variables, variable, bytes);
  return remember(constants, buffer, bytes, data);
}

function remember<K>(known: Map<K, Float32Array>, key: K, bytes: number, data?: HostData): Float32Array {
  let values = known.get(key);
  if (values === undefined)
    known.set(key, (values = data === undefined ? new Float32Array(bytes / 4) : Float32Array.from(data)));
  return values;
}

type Kernel = (inputs: readonly Float32Array[], outputs: readonly Float32Array[], step: Step) => void;

/** Element by element, each input read before the output is written; inputs of one element are stretched. */
function elementwise(f: (...values: number[]) => number): Kernel {
  return (inputs, [out]) => {
    for (let i = 0; i < out!.length; i++) out![i] = f(...inputs.map((x) => x[x.length === 1 ? 0 : i % x.length]!));
  };
}

/** What the machine can do. Vectors broadcast along rows only. */
const KERNELS: Partial<Record<string, Kernel>> = {
  Add: elementwise((a, b) => a + b),
  AddN: elementwise((...values) => values.reduce((sum, value) => sum + value, 0)),
  Mul: elementwise((a, b) => a * b),
  Sub: elementwise((a, b) => a - b),
  Relu: elementwise((x) => Math.max(x, 0)),
  ReluGrad: elementwise((dy, y) => (y > 0 ? dy : 0)),
  Copy: elementwise((x) => x),
  BroadcastLike: ([x], [out]) => out!.forEach((_, i) => (out![i] = x![i % x!.length]!)),
  OnesLike: (_inputs, [out]) => out!.fill(1),
  Assign: ([, value], [ref]) => ref!.set(value!),
  AssignAdd: ([, value], [ref]) => ref!.forEach((_, i) => (ref![i]! += value![i]!)),
  AssignSub: ([, value], [ref]) => ref!.forEach((_, i) => (ref![i]! -= value![i]!)),
  ApplyMomentum: ([ref, accumulator, rate, gradient, momentum]) => {
    for (let i = 0; i < ref!.length; i++) {
      accumulator![i] = accumulator![i]! * momentum![0]! + gradient![i]!;
      ref![i]! -= rate![0]! * accumulator![i]!;
    }
  },
  NonFiniteCount: ([x], [out]) => (out![0] = x!.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0)),
  MatMul: ([a, b], [out], step) => matmul(a!, b!, out!, step),
  FusedMatMul: ([a, b, bias], [out], step) => {
    matmul(a!, b!, out!, step);
    const relu = step.op === "FusedMatMul" && (step as Step<"FusedMatMul">).attrs.activation === "relu";
    out!.forEach((value, i) => {
      const sum = value + (bias?.[i % bias.length] ?? 0);
      out![i] = relu ? Math.max(sum, 0) : sum;
    });
  },
};

/** `a` [rows, inner] times `b` [inner, columns]; no transposes. */
function matmul(a: Float32Array, b: Float32Array, out: Float32Array, { inputs }: Step): void {
  const [rows, inner] = inputs[0]!.shape as [number, number];
  const columns = inputs[1]!.shape[1]!;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[row * inner + k]! * b[k * columns + column]!;
      out[row * columns + column] = sum;
    }
  }
}
