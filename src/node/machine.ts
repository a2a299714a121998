import { availableParallelism, cpus, totalmem } from "node:os";
import { Engine } from "../backends/wasm/engine.ts";
import { kernels } from "../backends/wasm/kernels/index.ts";
import { measureMachine, type Variant } from "../backends/wasm/index.ts";
import { joinsVectors } from "../backends/wasm/platform.ts";
import { probeMachine } from "../backends/wasm/probe.ts";

export interface MachineOptions {
  /** Threads to measure with; default: as many as the machine runs at once. */
  readonly threads?: number | undefined;
}

/** What Millrace runs on here, as found and measured. */
export interface MachineReport {
  readonly node: string;
  readonly v8: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** The build of the kernels that runs here. */
  readonly variant: Variant;
  /** Width of the instructions that V8 makes of the kernels' pairs of 128-bit vectors. */
  readonly vectorBits: 128 | 256;
  readonly threads: number;
  /** Rows and columns of the matrix product's tile that was faster here: `6x16` or `6x8`. */
  readonly tile: string;
  /** 10^9 floating-point operations a second: one thread, and all of them. */
  readonly gflopsPerThread: number;
  readonly gflops: number;
  /** 10^9 bytes a second, all threads. */
  readonly gigabytesPerSecond: number;
  /** What would make it faster on this machine; empty when nothing is known that would. */
  readonly advice: readonly string[];
}

/** Finds out what this machine and this Node.js offer; takes about a second. */
export async function describeMachine(options: MachineOptions = {}): Promise<MachineReport> {
  const { threads, variant, gflopsPerThread, gflops, gigabytesPerSecond } = await measureMachine(
    options.threads === undefined ? {} : { threads: options.threads },
  );
  const engine = await Engine.start({ variant, threads: 1 });
  const tile = `6x${probeMachine(engine, kernels).tileColumns}`;
  await engine.close();
  const processors = cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    cpu: processors[0]?.model.trim() ?? "unknown processor",
    cores: processors.length,
    memoryBytes: totalmem(),
    variant,
    vectorBits: joinsVectors(v8Major(), process.arch) ? 256 : 128,
    threads,
    tile,
    gflopsPerThread,
    gflops,
    gigabytesPerSecond,
    advice: adviceFor({ variant, threads, v8: v8Major(), arch: process.arch, cores: availableParallelism() }),
  };
}

/** Node.js 26, whose revectorization was measured at the processor's limit. */
const BEST_V8 = 14;

interface Circumstances {
  readonly variant: Variant;
  readonly threads: number;
  readonly v8: number;
  readonly arch: string;
  readonly cores: number;
}

/** @internal Exported for its test. */
export function adviceFor({ variant, threads, v8, arch, cores }: Circumstances): string[] {
  const advice = adviceOnV8(v8, arch);
  if (variant.startsWith("plain")) {
    advice.push("a runtime with WebAssembly's relaxed SIMD: multiply and add become one instruction");
  }
  if (!variant.endsWith("shared")) {
    advice.push("a runtime with shared WebAssembly memory: without it there is one thread");
  } else if (threads < cores) {
    advice.push(`${cores} threads: this machine runs as many at once`);
  }
  return advice;
}

/** What another Node.js would do for speed here; known without measuring. */
export function runtimeAdvice(): readonly string[] {
  return adviceOnV8(v8Major(), process.arch);
}

function adviceOnV8(v8: number, arch: string): string[] {
  // Elsewhere V8 joins nothing yet.
  if (!joinsVectors(BEST_V8, arch) || v8 >= BEST_V8) return [];
  return joinsVectors(v8, arch)
    ? ["Node.js 26: its V8 makes better code of the same kernels, by about a fifth in matrix products"]
    : ["Node.js 26: its V8 joins pairs of 128-bit vectors into 256-bit ones, which trains more than twice as fast"];
}

function v8Major(): number {
  return Number.parseInt(process.versions.v8, 10);
}
