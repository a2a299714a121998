/** Ctrl-C: 128 + the number of SIGINT, as a shell reports it. */
const EXIT_CODE = 130;

const end = (): void => process.exit(EXIT_CODE);

/** Ends the program at once, threads included, when it is interrupted; what is drawn on the terminal stays as it is. */
export function endOnInterrupt(): void {
  process.once("SIGINT", end);
}

/** Gives the signal back to the system, which ends a program that never looks up from its work. */
export function letSignalsEnd(): void {
  process.off("SIGINT", end);
}
