import { InternalError } from "../../../core/errors.ts";

/** Of ops that never become a step: sources, views and pure control flow. */
export function never(): void {
  throw new InternalError({
    problem: "a step was made of an op that the compiler leaves out.",
    fix: "report this as a bug.",
  });
}
