import { InternalError } from "../../core/errors.ts";
import { sharedClock } from "./platform.ts";

/** Calls of a module's interpreter; see `assembly/interpreter.ts`. */
export interface Interpreter {
  heapBase(): number;
  runAlone(control: number, worker: number, first: number): void;
  awaitWake(control: number, seen: number): number;
  joinRun(control: number, worker: number): number;
}

/** What a module is given when it is instantiated, by the host and by every worker alike. */
export function importsFor(memory: WebAssembly.Memory): WebAssembly.Imports {
  return { env: { memory, now: sharedClock() } };
}

/**
 * The exported functions of a module by name, each with its index in the function table. The same in every instance:
 * the order of the exports is the module's.
 */
export function kernelIndices(module: WebAssembly.Module): ReadonlyMap<string, number> {
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  // Index 0 stays empty: a record full of zeros must trap.
  return new Map(functions.map(({ name }, index) => [name, index + 1]));
}

/** Fills an instance's function table, so that tapes can be run with it. */
export function prepare(instance: WebAssembly.Instance, module: WebAssembly.Module): Interpreter {
  const { table } = instance.exports;
  if (!(table instanceof WebAssembly.Table)) throw new InternalError({ problem: "wasm: the module exports no table." });
  const kernels = kernelIndices(module);
  const missing = kernels.size + 1 - table.length;
  if (missing > 0) table.grow(missing);
  for (const [name, index] of kernels) table.set(index, instance.exports[name]);
  return instance.exports as { [N in keyof Interpreter]: Interpreter[N] } & WebAssembly.Exports;
}
