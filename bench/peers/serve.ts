/** The part that all peers in TypeScript share: answering questions. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Ended, Prepared, Question, Ran, Refusal } from "./protocol.ts";
import type { Floats, Work } from "./work.ts";

/** A peer that has a work before it. */
export type Task = Prepared & {
  /** @returns seconds, from a work that takes its own time; nothing from one that is timed from here. */
  readonly run: () => Promise<number | void> | void;
};

export type Prepare = (work: Work, threads: number) => Promise<Task | Refusal>;

/** Answers until it is told to end. */
export async function serve(prepare: Prepare): Promise<void> {
  // Libraries that print would be taken for answers.
  console.log = console.error;
  console.info = console.error;
  let run: Task["run"] | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line) as Question;
    if (question.do === "end") break;
    if (question.do === "prepare") {
      const made = await prepare(question.work, question.threads).catch(refusalOf);
      if ("cannot" in made) {
        answer(made);
      } else {
        const { run: itsRun, ...prepared } = made;
        run = itsRun;
        answer(prepared);
      }
    } else if (run !== null) {
      const start = performance.now();
      const own = await run();
      answer({ seconds: typeof own === "number" ? own : (performance.now() - start) / 1000 });
    }
  }
  answer({ peakBytes: process.resourceUsage().maxRSS * 1024 });
  process.exit(0);
}

function answer(message: Prepared | Refusal | Ran | Ended): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function refusalOf(error: unknown): Refusal {
  return { cannot: (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "" };
}

export function readFloats({ file }: Floats): Float32Array<ArrayBuffer> {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Half the sum of squares, in float64. */
export function l2Loss(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) ** 2;
  return sum / 2;
}

/** The root of the sum of squares. */
export function norm(values: ArrayLike<number>): number {
  return Math.sqrt(2 * l2Loss(values));
}
