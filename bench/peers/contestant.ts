/** A program under measurement, in a process of its own. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Ended, Prepared, Question, Ran, Refusal } from "./protocol.ts";
import type { Work } from "./work.ts";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** Longer than the slowest work of the slowest peer. */
const PATIENCE_MILLISECONDS = 300_000;

/** Not an error of ours: the peer is missing, ended by itself, or does not answer. */
export class ContestantError extends Error {
  override readonly name = "ContestantError";
}

export class Contestant {
  readonly label: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #answers: AsyncIterator<string>;
  /** Why the process is gone; null while it runs. */
  #end: string | null = null;
  #errors = "";

  constructor(label: string, { program, args }: Command) {
    this.label = label;
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.on("error", (error) => (this.#end = error.message));
    this.#child.on("exit", (code, signal) => (this.#end ??= signal ?? `exit code ${code}`));
    // A question to a process that has just ended is answered by its end.
    this.#child.stdin.on("error", () => undefined);
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errors = (this.#errors + text).slice(-4000);
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  prepare(work: Work, threads: number): Promise<Prepared | Refusal> {
    return this.#ask({ do: "prepare", work, threads });
  }

  /** Lets it do its work once. @returns seconds, by its own clock. */
  async run(): Promise<number> {
    const start = performance.now();
    const { seconds } = await this.#ask<Ran>({ do: "run" });
    const waited = (performance.now() - start) / 1000;
    if (!(seconds > 0 && seconds <= waited)) {
      throw new ContestantError(`${this.label} says ${seconds} s, but answered after ${waited} s`);
    }
    return seconds;
  }

  end(): Promise<Ended> {
    return this.#ask({ do: "end" });
  }

  /** Ends the process, whatever it does. */
  stop(): void {
    this.#child.kill("SIGKILL");
  }

  async #ask<Answer>(question: Question): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const timer = setTimeout(() => {
      this.#end = `no answer within ${PATIENCE_MILLISECONDS / 1000} s`;
      this.stop();
    }, PATIENCE_MILLISECONDS);
    try {
      for (;;) {
        const { value, done } = (await this.#answers.next()) as IteratorResult<string, undefined>;
        if (done === true) throw new ContestantError(await this.#reason());
        // What libraries print is no answer.
        if (value.startsWith("{")) return JSON.parse(value) as Answer;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #reason(): Promise<string> {
    // The exit is told after the end of the output.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const lines = this.#errors.trim().split("\n");
    const said = lines.find((line) => /error/i.test(line) && !/^\s/.test(line)) ?? lines.at(-1) ?? "";
    return `${this.#end ?? "its output ended"}${said === "" ? "" : `: ${said.trim()}`}`;
  }
}
