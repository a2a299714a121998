/** Contestants on one work: prepared, compared, then timed in turns, so that only one computes at a time. */
import { setTimeout as pause } from "node:timers/promises";
import { disagreement } from "./agreement.ts";
import { type Command, Contestant, ContestantError } from "./contestant.ts";
import type { Prepared, Refusal } from "./protocol.ts";
import { summarize } from "../statistics.ts";
import type { Work } from "./work.ts";

export interface Entry {
  /** `Millrace`, `PyTorch`; with "1 thread" where threads are compared. */
  readonly label: string;
  readonly command: Command;
  readonly work: Work;
  readonly threads: number;
}

export interface TournamentOptions {
  /** Turns that are timed. */
  readonly rounds: number;
  /** Turns before those: caches, and compilers that work while their code already runs. */
  readonly warmUps: number;
  /** Between two turns; default 150. Threads of the one before may spin on: they shall not compute beside the next one. */
  readonly pauseMilliseconds?: number;
  readonly onProgress?: (line: string) => void;
}

/** One contestant's result: its times, or why there are none. */
export type Outcome = Timed | TimedLimit | Absent;

export interface Timed {
  readonly label: string;
  readonly version: string;
  readonly how: string;
  /** Seconds of every round: medians of its turns. */
  readonly seconds: readonly number[];
  readonly peakBytes: number;
}

/** A limit of the machine, which took its turns like everybody. */
export interface TimedLimit {
  readonly label: string;
  readonly how: string;
  /** Operations of one run, by its own count; and the seconds of every round. */
  readonly flops: number;
  readonly seconds: readonly number[];
}

export interface Absent {
  readonly label: string;
  readonly reason: string;
}

/** OpenBLAS's thread was seen to spin for 104 ms after PyTorch's product, ONNX Runtime's for 27 to 43. */
const PAUSE_MILLISECONDS = 150;

/** A turn goes on until the work has taken this long: about what a processor needs to be back at its speed after a pause. */
const TURN_SECONDS = 0.1;
/** Enough for a median; a work of microseconds shall not take minutes of questions. */
const MOST_REPEATS = 15;

interface Player {
  readonly contestant: Contestant;
  readonly prepared: Prepared;
  readonly seconds: number[];
}

/** The first peer is the one that the others have to agree with. */
export async function hold(entries: readonly Entry[], options: TournamentOptions): Promise<Outcome[]> {
  const { rounds, warmUps, pauseMilliseconds = PAUSE_MILLISECONDS, onProgress = () => undefined } = options;
  const players = new Map<string, Player>();
  const started: Contestant[] = [];
  const reasons = new Map<string, string>();
  /** Asks a contestant; when it fails it is out. */
  const attempt = async (label: string, ask: () => Promise<void>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      reasons.set(label, (error as Error).message);
      started.find((contestant) => contestant.label === label)?.stop();
      players.delete(label);
    }
  };
  try {
    for (const { label, command, work, threads } of entries) {
      onProgress(`${label}: preparing`);
      await attempt(label, async () => {
        const contestant = new Contestant(label, command);
        started.push(contestant);
        const prepared = await contestant.prepare(work, threads);
        const reason = objection(work, prepared, players);
        if ("cannot" in prepared || reason !== null) throw new ContestantError(reason ?? "");
        players.set(label, { contestant, prepared, seconds: [] });
      });
    }
    for (let round = -warmUps; round < rounds; round++) {
      onProgress(round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`);
      for (const [label, { contestant, seconds }] of players) {
        await pause(pauseMilliseconds);
        await attempt(label, async () => {
          const duration = await takeTurn(() => contestant.run());
          if (round >= 0) seconds.push(duration);
        });
      }
    }
    const timed = new Map<string, Timed | TimedLimit>();
    for (const [label, { contestant, prepared, seconds }] of players) {
      await attempt(label, async () => {
        const { peakBytes } = await contestant.end();
        const { how = "" } = prepared;
        timed.set(
          label,
          "flops" in prepared
            ? { label, how, flops: prepared.flops, seconds }
            : { label, version: prepared.version, how, seconds, peakBytes },
        );
      });
    }
    return entries.map(({ label }) => timed.get(label) ?? { label, reason: reasons.get(label) ?? "did not end" });
  } finally {
    for (const contestant of started) contestant.stop();
  }
}

/**
 * Does a short work again until the turn is over, everybody's by the same rule; a long one is done once.
 * @returns the median of the seconds that it took.
 */
export async function takeTurn(run: () => Promise<number>): Promise<number> {
  const seconds: number[] = [];
  let sum = 0;
  do {
    const duration = await run();
    seconds.push(duration);
    sum += duration;
  } while (sum < TURN_SECONDS && seconds.length < MOST_REPEATS);
  return summarize(seconds).median;
}

/** Why it is not timed, or null. */
function objection(work: Work, prepared: Prepared | Refusal, players: ReadonlyMap<string, Player>): string | null {
  if ("cannot" in prepared) return prepared.cannot;
  // What it was asked, not what it answers, frees a contestant from agreeing.
  if (work.kind === "peak") return "flops" in prepared ? null : "does not count its operations";
  if ("flops" in prepared) return "gives no results to agree on";
  for (const { contestant, prepared: first } of players.values()) {
    if ("flops" in first) continue;
    const difference = disagreement(first.values, prepared.values);
    return difference === null ? null : `does not agree with ${contestant.label}: ${difference}`;
  }
  return null;
}
