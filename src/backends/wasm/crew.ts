import { BackendError, type MillraceError } from "../../core/errors.ts";
import { POSITION, WAKE } from "./control.ts";
import { startThread, type Thread } from "./platform.ts";

/** What a thread is sent when it starts. */
export interface CrewMember {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the control block. */
  readonly control: number;
  /** Its number, from 0: which scratch memory it uses. */
  readonly worker: number;
}

interface PendingRun {
  readonly resolve: () => void;
  readonly reject: (error: MillraceError) => void;
}

/**
 * The worker threads of a backend. They start with the first run and sleep between runs. One wake runs a whole tape: the
 * threads share it out among themselves, and the last to leave tells the host by a message: as fast as `Atomics.waitAsync`,
 * and every platform has it.
 */
export class Crew {
  readonly threads: number;
  readonly #shared: Omit<CrewMember, "worker">;
  /** The control block as words. It lies in the memory's first page, so that growth leaves the view as it is. */
  readonly #control: Int32Array;
  readonly #describe: () => string;
  #members: Thread[] = [];
  #pending: PendingRun | null = null;
  #failure: MillraceError | null = null;

  constructor(options: {
    threads: number;
    module: WebAssembly.Module;
    memory: WebAssembly.Memory;
    control: number;
    /** Names what is running, for errors. */
    describe: () => string;
  }) {
    const { threads, module, memory, control, describe } = options;
    this.threads = threads;
    this.#shared = { module, memory, control };
    this.#control = new Int32Array(memory.buffer, control);
    this.#describe = describe;
  }

  /** Why the crew will never run again; null while it can. */
  get failure(): MillraceError | null {
    return this.#failure;
  }

  /**
   * Runs the tape whose first record is at `first`; its counters are zero. One run at a time.
   * @throws BackendError when a thread died.
   */
  run(first: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      if (this.#members.length === 0) this.#start();
      this.#pending = { resolve, reject };
      // While a run is on, the process stays; an idle crew lets it end.
      this.#members[0]?.keepAlive(true);
      const control = this.#control;
      Atomics.store(control, POSITION >> 2, first);
      Atomics.add(control, WAKE >> 2, 1);
      Atomics.notify(control, WAKE >> 2);
    });
  }

  /** Ends the threads. A run that is on is rejected with `reason`, and so is every later one. */
  async stop(reason: MillraceError): Promise<void> {
    this.#failure ??= reason;
    const members = this.#members;
    this.#members = [];
    const pending = this.#pending;
    this.#pending = null;
    pending?.reject(this.#failure);
    await Promise.all(members.map((member) => member.terminate()));
  }

  #start(): void {
    this.#members = Array.from({ length: this.threads }, (_, worker) => {
      const thread = startThread(`millrace ${worker}`, {
        message: () => this.#end(),
        death: (reason) => this.#die(worker, reason),
      });
      thread.post({ ...this.#shared, worker } satisfies CrewMember);
      return thread;
    });
  }

  #end(): void {
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    this.#members[0]?.keepAlive(false);
    pending.resolve();
  }

  #die(worker: number, reason: string): void {
    if (this.#failure !== null) return;
    const running = Atomics.load(this.#control, POSITION >> 2) !== 0;
    void this.stop(
      new BackendError({
        problem: `wasm: thread ${worker} of ${this.threads} died; the backend is broken.`,
        operands: [
          { name: "reason", value: reason },
          ...(running ? [{ name: "during", value: this.#describe() }] : []),
        ],
        fix: "close the session and open one on a new backend.",
      }),
    );
  }
}
