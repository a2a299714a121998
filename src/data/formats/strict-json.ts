import { malformed, quoted } from "./malformed.ts";

/**
 * JSON as a file's header may hold it. Objects are maps, so that no key means anything to JavaScript. A number that is
 * not written in plain digits is NaN: sizes and offsets are whole, and 1e3 or 1.0 is refused where one is needed.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Headers hold objects of objects of lists; deeper nesting only serves to overflow a stack. */
const MAX_DEPTH = 16;

/**
 * Parses JSON and, unlike `JSON.parse`, refuses an object with the same key twice: the two could be told apart by
 * different readers.
 * @throws FormatError for anything but one JSON value with white space around it.
 */
export function parseStrictJson(text: string, format: string): JsonValue {
  const parser = new Parser(text, format);
  const value = parser.value(0);
  parser.end();
  return value;
}

class Parser {
  readonly #text: string;
  readonly #format: string;
  #at = 0;

  constructor(text: string, format: string) {
    this.#text = text;
    this.#format = format;
  }

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw this.#wrong(`it is nested deeper than ${MAX_DEPTH} levels`);
    this.#skipSpace();
    const next = this.#text[this.#at];
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#array(depth);
    if (next === '"') return this.#string();
    return this.#literal();
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#wrong("something follows its end");
  }

  #object(depth: number): JsonObject {
    const entries = new Map<string, JsonValue>();
    this.#at++;
    if (this.#takes("}")) return entries;
    do {
      this.#skipSpace();
      const key = this.#string();
      if (entries.has(key)) throw this.#wrong(`the key ${quoted(key)} is there twice`);
      this.#needs(":");
      entries.set(key, this.value(depth + 1));
    } while (this.#takes(","));
    this.#needs("}");
    return entries;
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at++;
    if (this.#takes("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.#takes(","));
    this.#needs("]");
    return items;
  }

  #string(): string {
    if (this.#text[this.#at] !== '"') throw this.#wrong("a string is missing");
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === "\\" ? 2 : 1;
    const token = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    try {
      // Escapes are JSON.parse's business; it also refuses control characters and a missing quote.
      return JSON.parse(token) as string;
    } catch (cause) {
      throw this.#wrong(`${quoted(token)} is no string`, cause);
    }
  }

  #literal(): JsonValue {
    LITERAL.lastIndex = this.#at;
    const token = LITERAL.exec(this.#text)?.[0];
    if (token === undefined) throw this.#wrong("a value is missing");
    this.#at += token.length;
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    return /^\d+$/.test(token) ? Number(token) : Number.NaN;
  }

  #takes(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #needs(character: string): void {
    if (!this.#takes(character)) throw this.#wrong(`"${character}" is missing`);
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.#text);
    this.#at = Math.max(this.#at, SPACE.lastIndex);
  }

  #wrong(what: string, cause?: unknown): Error {
    const place = `at character ${this.#at} of its header`;
    return malformed(this.#format, `the header is not the JSON it should be: ${what}, ${place}.`, { cause });
  }
}

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
