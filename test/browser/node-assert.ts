/** What the op tests use of `node:assert/strict`, for a page. */

class AssertionError extends Error {
  override readonly name = "AssertionError";
}

type ErrorCheck = RegExp | ((error: unknown) => boolean) | (new (...parameters: never[]) => Error);

const assert = {
  ok(value: unknown, message = "expected a true value"): asserts value {
    if (!value) throw new AssertionError(message);
  },

  fail(message: string): never {
    throw new AssertionError(message);
  },

  equal(actual: unknown, expected: unknown, message = ""): void {
    if (!Object.is(actual, expected)) throw new AssertionError(`${message}: ${show(actual)} is not ${show(expected)}`);
  },

  notEqual(actual: unknown, expected: unknown, message = ""): void {
    if (Object.is(actual, expected)) throw new AssertionError(`${message}: both are ${show(actual)}`);
  },

  deepEqual(actual: unknown, expected: unknown, message = ""): void {
    if (!same(actual, expected)) throw new AssertionError(`${message}: ${show(actual)} is not ${show(expected)}`);
  },

  notDeepEqual(actual: unknown, expected: unknown, message = ""): void {
    if (same(actual, expected)) throw new AssertionError(`${message}: both are ${show(actual)}`);
  },

  match(text: string, pattern: RegExp, message = ""): void {
    if (!pattern.test(text)) throw new AssertionError(`${message}: "${text}" does not match ${pattern}`);
  },

  throws(run: () => unknown, check?: ErrorCheck): void {
    let thrown: unknown;
    try {
      run();
    } catch (error) {
      thrown = error;
    }
    requireError(thrown, check);
  },

  async rejects(run: Promise<unknown> | (() => Promise<unknown>), check?: ErrorCheck): Promise<void> {
    let thrown: unknown;
    try {
      await (typeof run === "function" ? run() : run);
    } catch (error) {
      thrown = error;
    }
    requireError(thrown, check);
  },
};

function requireError(thrown: unknown, check: ErrorCheck | undefined): void {
  if (thrown === undefined) throw new AssertionError("nothing was thrown");
  if (check === undefined) return;
  if (check instanceof RegExp) return assert.match(String(thrown), check);
  const isClass = check === Error || check.prototype instanceof Error;
  const holds = isClass ? thrown instanceof (check as new () => Error) : (check as (error: unknown) => boolean)(thrown);
  if (!holds) throw new AssertionError(`another error was thrown: ${String(thrown)}`);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? String(value);
}

export default assert;
