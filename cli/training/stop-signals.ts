import { endOnInterrupt, letSignalsEnd } from "../interrupt.ts";

/** 128 + the number of the signal, as shells report it. */
const EXIT_CODES: ReadonlyMap<NodeJS.Signals, number> = new Map([
  ["SIGINT", 130],
  ["SIGPIPE", 141],
  ["SIGTERM", 143],
]);

export interface StopSignals extends Disposable {
  readonly signal: AbortSignal;
  /** What the program should end with when it was stopped; 0 when it was not. */
  exitCode(): number;
}

/**
 * The first Ctrl-C (or SIGTERM, or a reader that has gone) lets the step end and a checkpoint be written; a second Ctrl-C ends
 * the program at once.
 */
export function stopSignals(onStop: () => void): StopSignals {
  const controller = new AbortController();
  let code = 0;
  const stop = (name: NodeJS.Signals): void => {
    const wanted = EXIT_CODES.get(name) ?? 1;
    if (code !== 0) {
      // Every line that nobody reads says so again.
      if (name === "SIGPIPE") return;
      process.exit(wanted);
    }
    code = wanted;
    onStop();
    controller.abort();
  };
  letSignalsEnd();
  for (const name of EXIT_CODES.keys()) process.on(name, stop);
  return {
    signal: controller.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => {
      for (const name of EXIT_CODES.keys()) process.off(name, stop);
      endOnInterrupt();
    },
  };
}
