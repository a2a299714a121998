import { CACHE_LINE, roundUp } from "../../core/alignment.ts";
import { InternalError } from "../../core/errors.ts";
import type { Heap } from "./heap.ts";
import type { Launch, Word } from "./kernel.ts";

/** Words of a record before its arguments: kernel, tasks, next, counters, times, three unused. */
const HEADER_WORDS = 8;
const COUNTER_BYTES = 8;
/** Bytes of a launch in a profile: begin and end as float64. */
export const TIMES_BYTES = 16;

/** Launches as the interpreter reads them; `assembly/interpreter.ts` has the layout. */
export interface Tape {
  readonly address: number;
  /** Address of the first record, 0 when there is none. */
  readonly first: number;
  readonly launches: number;
  /** What each launch is, for errors: `"conv1/Conv2D", kernel conv2d`. */
  readonly names: readonly string[];
}

/** A launch and the step it belongs to. */
export interface NamedLaunch {
  readonly launch: Launch;
  readonly step: string;
}

/** Bytes that `writeTape` needs: all counters first, then the records. */
export function tapeBytes(launches: readonly NamedLaunch[]): number {
  return launches.reduce((bytes, { launch }) => bytes + recordBytes(launch), countersBytes(launches.length));
}

/** Writes launches at `address`, to run one after the other. */
export function writeTape(
  heap: Heap,
  address: number,
  launches: readonly NamedLaunch[],
  kernels: ReadonlyMap<string, number>,
): Tape {
  const { words, floats } = heap;
  const first = address + countersBytes(launches.length);
  let record = first;
  for (const [index, { launch }] of launches.entries()) {
    const next = record + recordBytes(launch);
    const at = record >>> 2;
    words[at] = kernelIndex(launch, kernels);
    words[at + 1] = launch.tasks;
    words[at + 2] = index === launches.length - 1 ? 0 : next;
    words[at + 3] = address + index * COUNTER_BYTES;
    words[at + 4] = index * TIMES_BYTES;
    words.fill(0, at + 5, at + HEADER_WORDS);
    let argument = at + HEADER_WORDS;
    for (const [name, word] of Object.entries(launch.args)) {
      if (typeof word === "object") floats[argument] = word.float;
      else words[argument] = integer(word, name, launch);
      argument++;
    }
    record = next;
  }
  return {
    address,
    first: launches.length === 0 ? 0 : first,
    launches: launches.length,
    names: launches.map(({ launch, step }) => `"${step}", kernel ${launch.kernel}`),
  };
}

/** What a crew needs before each run: no tickets taken, no tasks done. */
export function resetCounters(heap: Heap, tape: Tape): void {
  heap.words.fill(0, tape.address >>> 2, (tape.address + tape.launches * COUNTER_BYTES) >>> 2);
}

/** What the launch is whose record is at `record`. */
export function nameOf(heap: Heap, tape: Tape, record: number): string | undefined {
  return tape.names[(heap.words[(record >>> 2) + 4] ?? 0) / TIMES_BYTES];
}

function countersBytes(launches: number): number {
  return roundUp(launches * COUNTER_BYTES, CACHE_LINE);
}

function recordBytes(launch: Launch): number {
  return roundUp((HEADER_WORDS + Object.keys(launch.args).length) * 4, 16);
}

function kernelIndex(launch: Launch, kernels: ReadonlyMap<string, number>): number {
  const index = kernels.get(launch.kernel);
  if (index !== undefined) return index;
  throw new InternalError({
    problem: `wasm: there is no kernel "${launch.kernel}".`,
    fix: "export it in assembly/index.ts and run `npm run build:kernels`.",
  });
}

/** A word that fits 32 bits, signed or not. A fraction here is a forgotten `float()`, or an argument that is undefined. */
function integer(word: Exclude<Word, object>, name: string, launch: Launch): number {
  if (Number.isInteger(word) && word >= -(2 ** 31) && word < 2 ** 32) return word;
  throw new InternalError({
    problem: `wasm: argument "${name}" of kernel "${launch.kernel}" is ${word}, no integer of 32 bits.`,
    fix: "wrap a float argument in float().",
  });
}
