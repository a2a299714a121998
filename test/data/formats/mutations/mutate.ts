import { MillraceError } from "../../../../src/index.ts";
import { FormatError } from "../../../../src/core/errors.ts";
import type { Parser } from "./parsers.ts";

/** Whole numbers from 0 to below `limit`, the same for the same seed: mulberry32. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return Math.floor(((word ^ (word >>> 14)) >>> 0) * 2 ** -32 * limit);
  };
}

/** Numbers that parsers stumble over. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x5b, 0x5d, 0x7b, 0x7d];

type Draw = (limit: number) => number;
type Mutation = (bytes: Uint8Array, draw: Draw) => Uint8Array;

/** Most of what matters stands at the beginning of a file. */
function place(length: number, draw: Draw): number {
  return draw(draw(2) === 0 ? length : Math.min(length, 300));
}

/** Every way a file is changed, by name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "flip a bit": (bytes, draw) => changed(bytes, draw, (byte) => byte ^ (1 << draw(8))),
  "set a byte": (bytes, draw) => changed(bytes, draw, () => draw(256)),
  "set an edge": (bytes, draw) => changed(bytes, draw, () => EDGES[draw(EDGES.length)]!),
  "set four bytes": (bytes, draw) => {
    const result = bytes.slice();
    const at = place(result.length, draw);
    result.fill([0, 0xff, 0x7f, 0x80][draw(4)]!, at, at + 1 + draw(8));
    return result;
  },
  "cut the end": (bytes, draw) => bytes.slice(0, draw(bytes.length + 1)),
  "cut the beginning": (bytes, draw) => bytes.slice(draw(Math.min(64, bytes.length + 1))),
  "remove a piece": (bytes, draw) => {
    const at = place(bytes.length, draw);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + draw(16)));
  },
  "repeat a piece": (bytes, draw) => {
    const at = place(bytes.length, draw);
    return joined(bytes.subarray(0, at + 1 + draw(32)), bytes.subarray(at));
  },
  "insert bytes": (bytes, draw) => {
    const at = place(bytes.length, draw);
    return joined(
      bytes.subarray(0, at),
      Uint8Array.from({ length: 1 + draw(8) }, () => draw(256)),
      bytes.subarray(at),
    );
  },
  "exchange pieces": (bytes, draw) => {
    const [a, b] = [place(bytes.length, draw), place(bytes.length, draw)];
    const result = bytes.slice();
    result.copyWithin(a, b, b + 1 + draw(16));
    return result;
  },
};

function changed(bytes: Uint8Array, draw: Draw, change: (byte: number) => number): Uint8Array {
  const result = bytes.slice();
  const at = place(result.length, draw);
  if (at < result.length) result[at] = change(result[at]!);
  return result;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}

/** What became of the mutated files. */
export interface Outcome {
  /** Files that were still read: a pixel or a weight changed. */
  read: number;
  refused: number;
  /** How often each kind of change was made. */
  readonly mutations: Map<string, number>;
  /** How often each message came, numbers and quoted names left out. */
  readonly messages: Map<string, number>;
  /** Milliseconds. */
  slowest: number;
}

/**
 * Parses so many files with one to three changes each.
 * @throws Error that gives seed and bytes of a file whose parsing ends in anything but a result or a `FormatError`, or
 * takes more than ten seconds of the processor's time (which others on the machine do not change).
 */
export async function parseMutations({ corpus, parse }: Parser, count: number, seed: number): Promise<Outcome> {
  const draw = randomNumbers(seed);
  const files = await corpus();
  const names = Object.keys(MUTATIONS);
  const outcome: Outcome = { read: 0, refused: 0, mutations: new Map(), messages: new Map(), slowest: 0 };
  for (let index = 0; index < count; index++) {
    let bytes = files[draw(files.length)]!;
    for (let changes = 1 + draw(3); changes > 0; changes--) {
      const name = names[draw(names.length)]!;
      bytes = MUTATIONS[name]!(bytes, draw);
      increase(outcome.mutations, name);
    }
    const start = process.cpuUsage();
    try {
      await parse(bytes);
      outcome.read++;
    } catch (error) {
      if (!(error instanceof FormatError)) throw unexpected(bytes, `file ${index} of seed ${seed}`, error);
      outcome.refused++;
      increase(
        outcome.messages,
        error.problem.replaceAll(/"(?:[^"\\]|\\.)*"/g, "NAME").replaceAll(/[\d[\](), .]*\d[\d[\](), .]*/g, " N "),
      );
    }
    const { user, system } = process.cpuUsage(start);
    outcome.slowest = Math.max(outcome.slowest, (user + system) / 1000);
  }
  if (outcome.slowest > 10_000) throw new Error(`seed ${seed}: a file took ${outcome.slowest} ms`);
  return outcome;
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function unexpected(bytes: Uint8Array, which: string, cause: unknown): Error {
  const kind = cause instanceof MillraceError ? cause.name : String(cause);
  return new Error(`${which} ended in ${kind}: ${Buffer.from(bytes).toString("base64")}`, { cause });
}
