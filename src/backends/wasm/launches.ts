import { sizeOf } from "../../core/shape.ts";
import type { AlgorithmWish, Buffer, CompileTarget, Operand, OpName, Step } from "../../compiler/plan.ts";
import type { ConvolutionAlgorithm } from "./algorithms.ts";
import type { Launch, Machine, Placed, WasmKernel } from "./kernel.ts";

/** The kernel of every op. */
export type KernelTable = { readonly [N in OpName]: WasmKernel<N> };

/** Where a plan's buffers are, right now. */
export type AddressOf = (buffer: Buffer) => number;

/**
 * The launches of a step.
 * @param counter address of the run counter of random step number `step.counter`.
 */
export function launchesOf<N extends OpName>(
  table: KernelTable,
  step: Step<N>,
  addressOf: AddressOf,
  counter: number,
  machine: Machine,
): readonly Launch[] {
  // Nothing to compute where every result is empty.
  if (step.outputs.length > 0 && step.outputs.every(({ shape }) => sizeOf(shape) === 0)) return [];
  const place = ({ shape, dtype, buffer }: Operand): Placed => ({ address: addressOf(buffer), shape, dtype });
  const kernel: WasmKernel<N> = table[step.op];
  const launches = kernel.launches(
    {
      name: step.name,
      inputs: step.inputs.map(place),
      outputs: step.outputs.map(place),
      attrs: step.attrs,
      geometry: step.geometry,
      algorithm: step.algorithm,
      workspace: step.workspace === null ? 0 : addressOf(step.workspace),
      counter,
    },
    machine,
  );
  return launches.filter(({ tasks }) => tasks > 0);
}

/** What the compiler asks of this backend. */
export function compileTarget(
  table: KernelTable,
  machine: Machine,
  convolution: ConvolutionAlgorithm | undefined,
  arenaLimit: (buffers: readonly Buffer[]) => number,
): CompileTarget {
  const workspaceBytes = <N extends OpName>(step: Omit<Step<N>, "workspace">): number => {
    const kernel: WasmKernel<N> = table[step.op];
    return kernel.workspaceBytes?.(step, machine) ?? 0;
  };
  // A table lists all ops, fused ones among them: whatever the compiler may fuse, there is a kernel for.
  const fusions = new Set(Object.keys(table).filter((op) => op.startsWith("Fused")) as OpName[]);
  const algorithm = <N extends OpName>(
    step: Omit<Step<N>, "workspace" | "algorithm">,
    { exact }: AlgorithmWish,
  ): string | undefined => {
    const kernel: WasmKernel<N> = table[step.op];
    return kernel.algorithm?.(step, { exact, convolution });
  };
  return { name: "wasm", workspaceBytes, algorithm, arenaLimit, fusions };
}
