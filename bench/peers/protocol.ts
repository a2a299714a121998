/**
 * How a program under measurement is talked to: one JSON object a line, a question on its standard input, the answer on
 * its standard output. Peers in other languages speak the same (see pytorch.py).
 *
 *     { "do": "prepare", "work": {...}, "threads": 2 }   -> { "version": "1.13.1", "values": [...] } or { "cannot": "why" }
 *                                                        or { "flops": 3.1e9, "how": "..." }, a limit of the machine
 *     { "do": "run" }                                    -> { "seconds": 0.31 }
 *     { "do": "end" }                                    -> { "peakBytes": 2900000000 }, and it ends
 */
import type { Work } from "./work.ts";

export type Question =
  | { readonly do: "prepare"; readonly work: Work; readonly threads: number }
  | { readonly do: "run" }
  | { readonly do: "end" };

/** What a contestant says when it has its work before it. */
export type Prepared = PreparedPeer | PreparedLimit;

export interface PreparedPeer {
  readonly version: string;
  /** What every peer's results must agree on: norms, which no layout changes. */
  readonly values: readonly number[];
  /** How it does the work, where there is a choice. */
  readonly how?: string;
}

/** A limit of the machine has no results and does not do the contest's work: it counts its own. */
export interface PreparedLimit {
  /** Floating-point operations of one run. */
  readonly flops: number;
  readonly how: string;
}

/** Why a peer cannot do a work. */
export interface Refusal {
  readonly cannot: string;
}

export interface Ran {
  readonly seconds: number;
}

export interface Ended {
  /** The most memory that the process held at once: resident set size. */
  readonly peakBytes: number;
}
