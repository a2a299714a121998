import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { codeBlocks } from "./code-blocks.ts";

/** Lines of a document, in which fences are written ''' so that they do not end this file's own. */
function parse(...lines: string[]): ReturnType<typeof codeBlocks> {
  return codeBlocks(lines.join("\n").replaceAll("'''", "```"));
}

describe("codeBlocks", () => {
  test("language, code, line and settings", () => {
    const ts = ["# Title", "'''ts file=a.ts rejected", "const x = 1;", "", "'''"];
    const from = ["'''ts from=src/index.ts", "'''"];
    const without = ["'''text from=src/a.ts without=x", "error", "'''"];
    const [program, quote, message] = parse(...ts, ...from, ...without);
    assert.equal(program?.code, "const x = 1;\n\n");
    assert.deepEqual([program.language, program.line, program.file, program.rejected], ["ts", 2, "a.ts", true]);
    assert.deepEqual([quote?.from, quote?.without, quote?.rejected], ["src/index.ts", null, false]);
    assert.deepEqual([message?.from, message?.without], ["src/a.ts", "x"]);
  });

  test("a block follows the one before when no more than a line of prose is between them", () => {
    const program = ["'''ts", "'''"];
    const follows = (...between: string[]): boolean | undefined =>
      parse(...program, ...between, "'''text", "'''")[1]?.follows;
    assert.equal(follows(""), true);
    assert.equal(follows("", "It prints", ""), true);
    assert.equal(follows("", "Two lines", "of prose", ""), false);
    assert.equal(parse("'''text", "'''")[0]?.follows, false);
  });

  test("what nobody knows is refused, with its line", () => {
    assert.throws(() => parse("", "'''ts chekced", "'''"), /line 2: what is "chekced"/);
    assert.throws(() => parse("'''tsx", "'''"), /line 1: what is "tsx"/);
    assert.throws(() => parse("'''ts", "code"), /line 1: this block is not closed/);
  });
});
