import { type ErrorDetails, MillraceError } from "../../core/errors.ts";
import { CallSite } from "../../graph/call-site.ts";

/**
 * Runs `read`, which looks at what the user wrote, and adds the user's line to its errors.
 * @param what what it reads, for the message: `pad: constantValue`.
 */
export function atCallSite<T>(read: () => T, what?: string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const problem = what === undefined ? error.problem : `${what}: ${error.problem}`;
    const ErrorClass = error.constructor as new (details: ErrorDetails) => MillraceError;
    throw new ErrorClass({ problem, operands: error.operands, fix: error.fix, site: new CallSite().line });
  }
}
