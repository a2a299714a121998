import { endOnInterrupt, letSignalsEnd } from "../interrupt.ts";

/** 128 + the number of the signal, as shells report it. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export interface StopSignals extends Disposable {
  readonly signal: AbortSignal;
  /** What the program should end with when it was stopped; 0 when it was not. */
  exitCode(): number;
}

/** The first Ctrl-C (or SIGTERM) lets the step end and a checkpoint be written; the second ends the program at once. */
export function stopSignals(onStop: () => void): StopSignals {
  const controller = new AbortController();
  let code = 0;
  const stop = (name: NodeJS.Signals): void => {
    const wanted = name === "SIGTERM" ? EXIT_CODES.SIGTERM : EXIT_CODES.SIGINT;
    if (code !== 0) process.exit(wanted);
    code = wanted;
    onStop();
    controller.abort();
  };
  letSignalsEnd();
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return {
    signal: controller.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      endOnInterrupt();
    },
  };
}
