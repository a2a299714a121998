/** What the op tests use of `node:assert/strict`, for a page. What is missing here fails loudly: it does not exist. */

class AssertionError extends Error {
  override readonly name = "AssertionError";
}

type ErrorCheck = RegExp | ((error: Error) => boolean) | (new (...parameters: never[]) => Error);

const assert = {
  ok(value: unknown, message = ""): asserts value {
    require(value, message, () => `${show(value)} is not truthy`);
  },

  fail(message: string): never {
    throw new AssertionError(message);
  },

  equal(actual: unknown, expected: unknown, message = ""): void {
    require(Object.is(actual, expected), message, () => `${show(actual)} is not ${show(expected)}`);
  },

  notEqual(actual: unknown, expected: unknown, message = ""): void {
    require(!Object.is(actual, expected), message, () => `both are ${show(actual)}`);
  },

  deepEqual(actual: unknown, expected: unknown, message = ""): void {
    require(same(actual, expected), message, () => `${show(actual)} is not ${show(expected)}`);
  },

  notDeepEqual(actual: unknown, expected: unknown, message = ""): void {
    require(!same(actual, expected), message, () => `both are ${show(actual)}`);
  },

  match(text: string, pattern: RegExp, message = ""): void {
    require(pattern.test(text), message, () => `"${text}" does not match ${pattern}`);
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

/** @param difference called only when it fails: tests compare large arrays. */
function require(holds: unknown, message: string, difference: () => string): asserts holds {
  if (!holds) throw new AssertionError(message === "" ? difference() : `${message}: ${difference()}`);
}

function requireError(thrown: unknown, check: ErrorCheck | undefined): void {
  require(thrown instanceof Error, "", () => `${show(thrown)} was thrown instead of an error`);
  if (check === undefined) return;
  if (check instanceof RegExp) return assert.match(String(thrown), check);
  const isClass = check === Error || check.prototype instanceof Error;
  const holds = isClass ? thrown instanceof check : (check as (error: Error) => boolean)(thrown);
  require(holds, "another error was thrown", () => String(thrown));
}

/** Of the same class, with the same properties: enough for values, lists, records and typed arrays. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  // What these hold are not properties.
  for (const opaque of [Map, Set, Date, ArrayBuffer])
    require(!(a instanceof opaque), "", () => `cannot compare a ${opaque.name}`);
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 200) ?? String(value);
  } catch {
    // A tensor is part of a graph, which is a circle.
    return String(value);
  }
}

// As Node.js has it.
// oxlint-disable-next-line import/no-default-export
export default assert;
