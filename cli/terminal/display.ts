import type { createLogUpdate } from "log-update";

/** Of use to terminals only, and 20 modules to load. */
const logUpdate = process.stderr.isTTY ? await import("log-update") : null;

/** A terminal that does not know its size, as a serial line's or a container's, says 0 x 0: nothing would be drawn there. */
export function assumeSize(terminal: { rows: number; columns: number }): void {
  if (terminal.rows === 0) terminal.rows = 24;
  if (terminal.columns === 0) terminal.columns = 80;
}

/** Milliseconds between two pictures of the live part: calm to look at, and cheap. */
const FRAME = 100;

export interface DisplayOptions {
  /** Lines go to standard error: standard output is for a program that reads it. */
  readonly toStandardError?: boolean;
}

/**
 * What a command shows: lines that stay, and below them, where a person looks on, a live part that is drawn over.
 * The live part goes to standard error and only to a terminal, so that a file or pipe gets lines and nothing else.
 */
export class Display implements Disposable {
  readonly #lines: NodeJS.WriteStream;
  readonly #draw: ReturnType<typeof createLogUpdate> | null;
  #live = "";
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(options: DisplayOptions = {}) {
    this.#lines = options.toStandardError === true ? process.stderr : process.stdout;
    assumeSize(process.stderr);
    // The cursor stays visible: whatever ends the program, the terminal is as it was.
    this.#draw = logUpdate?.createLogUpdate(process.stderr, { showCursor: true }) ?? null;
  }

  /** Whether lines are read by a person at a terminal. */
  get isTerminal(): boolean {
    return this.#lines.isTTY;
  }

  /** Columns of the terminal; 80 where there is none. */
  get columns(): number {
    return this.#lines.columns || 80;
  }

  /** Prints a line above the live part. */
  line(text = ""): void {
    this.#draw?.clear();
    this.#lines.write(`${text}\n`);
    if (this.#live !== "") this.#draw?.(this.#live);
  }

  /** Replaces the live part, at most every tenth of a second; an empty text takes it away at once. */
  live(text: string): void {
    this.#live = text;
    if (this.#draw === null) return;
    if (text === "") {
      this.#draw.clear();
    } else if (performance.now() - this.#drawnAt >= FRAME) {
      this.#draw(text);
      this.#drawnAt = performance.now();
    }
  }

  bold(text: string): string {
    return this.#styled(text, "1", "22");
  }

  dim(text: string): string {
    return this.#styled(text, "2", "22");
  }

  [Symbol.dispose](): void {
    this.live("");
  }

  /** `hasColors` knows NO_COLOR, FORCE_COLOR and what the terminal can do. */
  #styled(text: string, on: string, off: string): string {
    return this.isTerminal && this.#lines.hasColors() ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  }
}
