import { GraphError, ValueError } from "../core/errors.ts";

/** @throws ValueError unless `build` is a function. @param before the arguments that come first, for the example. */
export function requireBuild(method: string, build: unknown, before = ""): void {
  if (typeof build === "function") return;
  throw new ValueError({
    problem: `${method}: ${String(build)} is no function.`,
    fix: `pass a function that builds: ${method}(${before}() => ...).`,
  });
}

/**
 * What a function built inside a scope.
 *
 * A scope is a state of its graph. Were it kept until a promise settles, it would hold for all that others build in the
 * meantime, and of two functions that wait, the first to end would leave the other's scope.
 * @throws GraphError when it is a promise.
 */
export function requireBuilt<T>(method: string, result: T): T {
  if (!(result instanceof Promise)) return result;
  // The error below is the answer: nobody awaits the promise, and what it throws later must not end the process.
  result.catch(() => {});
  throw new GraphError({
    problem: `${method}: the function is asynchronous; what it builds after an await would be outside.`,
    fix: "await first, then build in a function that is not async.",
  });
}

/** Leaves when `build` has returned or thrown, or when the promise settles that it returned. */
export function leaveAfter<T>(build: () => T, leave: () => void): T {
  let result: T;
  try {
    result = build();
  } catch (error) {
    leave();
    throw error;
  }
  if (result instanceof Promise) return result.finally(leave) as T;
  leave();
  return result;
}
