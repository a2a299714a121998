import { describeMachine, type MachineReport } from "millrace/node";

/** Where and when something was measured, with the two limits that speeds are given as shares of. */
export type Machine = Pick<
  MachineReport,
  "cpu" | "cores" | "memoryBytes" | "node" | "v8" | "platform" | "arch" | "variant" | "vectorBits" | "threads"
> & {
  readonly date: string;
  /** Multiply-adds in registers, 10^9 operations a second; and a triad over 96 MiB, 10^9 bytes a second. */
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
};

export async function measureHere(threads: number): Promise<Machine> {
  const { advice: _advice, tile: _tile, gflopsPerThread: _perThread, ...machine } = await describeMachine({ threads });
  return { date: new Date().toISOString().slice(0, 10), ...machine };
}

/** The limits, measured again at the end of a run: others on the machine only make them lower, so the higher counts. */
export function higherLimits(before: Machine, after: Machine): Machine {
  return {
    ...before,
    gflops: Math.max(before.gflops, after.gflops),
    gigabytesPerSecond: Math.max(before.gigabytesPerSecond, after.gigabytesPerSecond),
  };
}

export function describeHere({ cpu, threads, node, variant, vectorBits, gflops, gigabytesPerSecond }: Machine): string {
  const limits = `${gflops.toFixed(0)} GFLOP/s, ${gigabytesPerSecond.toFixed(1)} GB/s`;
  return `${cpu}, ${threads} threads, Node.js ${node}, ${variant} ${vectorBits} bits: measured limits ${limits}`;
}
