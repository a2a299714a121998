import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type CodeBlock, codeBlocks } from "./code-blocks.ts";
import { root, runCommand, UserProject } from "./programs.ts";

/** `a.md`, `docs/b.md`, `docs/decisions/c.md`: every document of the repository. */
const documents = [".", "docs", "docs/decisions"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

const project = new UserProject();
after(() => project.remove());

interface Place {
  readonly block: CodeBlock;
  /** Where the program is in the user's project. */
  readonly folder: string;
  readonly file: string;
  /** What the block after it says that comes of it; null when it says nothing. */
  readonly expected: string | null;
}

function placesOf(document: string): Place[] {
  const blocks = codeBlocks(readFileSync(join(root, document), "utf8"));
  const folder = document.replaceAll(/\W+/g, "-");
  return blocks.map((block, index) => {
    const next = blocks[index + 1];
    const isResult = next !== undefined && next.language === "text" && next.without === null && next.follows;
    const file = block.file ?? `line-${block.line}.ts`;
    if (isProgram(block)) project.add(folder, file, block.code);
    return { block, folder, file, expected: isResult ? next.code.trimEnd() : null };
  });
}

function isProgram({ language, from }: CodeBlock): boolean {
  return language === "ts" && from === null;
}

/** A quote may be indented less than the lines in the file. */
function withoutIndent(text: string): string {
  return text.replaceAll(/^ +/gm, "");
}

function assertQuoted({ code, from }: CodeBlock): void {
  const source = withoutIndent(readFileSync(join(root, from ?? ""), "utf8"));
  for (const stretch of code.split(/^\s*\/\/ \.\.\.\n/m)) {
    assert.ok(source.includes(withoutIndent(stretch).trim()), `${from} no longer has these lines:\n${stretch}`);
  }
}

/** Line by line; `...` in what is expected stands for any text. */
function assertSays(actual: string, expected: string): void {
  const lines = actual.trimEnd().split("\n");
  const patterns = expected.trimEnd().split("\n");
  const matches = lines.length === patterns.length && lines.every((line, index) => isLike(line, patterns[index] ?? ""));
  if (!matches) assert.equal(actual.trimEnd(), expected.trimEnd());
}

function isLike(line: string, pattern: string): boolean {
  const [start = "", ...others] = pattern.split("...");
  const end = others.pop();
  if (end === undefined) return line === start;
  let at = line.startsWith(start) ? start.length : -1;
  for (const part of others) at = at < 0 ? at : line.indexOf(part, at);
  return at >= 0 && line.slice(at).endsWith(end);
}

function testBlock({ block, folder, file, expected }: Place, before: CodeBlock | undefined): void {
  const { language, line, from, without, rejected, checked, code } = block;
  if (without !== null && from !== null) {
    test(`line ${line}: the type checker without ${without} in ${from}`, async () => {
      assertSays(await project.typeErrorsWithout(from, without), code);
    });
  } else if (from !== null) {
    test(`line ${line} quotes ${from}`, () => assertQuoted(block));
  } else if (isProgram(block) && rejected) {
    test(`line ${line}: the program does not type-check`, async () => {
      const errors = await project.typeErrors(folder, file);
      assert.notEqual(errors, "", "it does type-check");
      if (expected !== null) assertSays(errors, expected);
    });
  } else if (isProgram(block)) {
    test(`line ${line}: the program runs${expected === null ? "" : " and prints what the document says"}`, async () => {
      const printed = await project.run(folder, file);
      if (expected !== null) assert.equal(printed.trimEnd(), expected);
      assert.equal(await project.typeErrors(folder, file), "");
    });
  } else if (language === "console" && checked) {
    const [command = "", ...output] = code.trimEnd().split("\n");
    test(`line ${line}: ${command}`, async () => {
      const words = command.replace(/^\$ (npx )?millrace */, "").split(/ +/);
      assert.equal((await runCommand(words)).trimEnd(), output.join("\n"));
    });
  } else if (language === "text" && !(before !== undefined && isProgram(before) && block.follows)) {
    test(`line ${line}: a text block is what a program prints`, () =>
      assert.fail("there is no program just before it"));
  }
}

// Every place first: the type checker is asked about all programs together.
const all = documents.map((document) => ({ document, places: placesOf(document) }));

for (const { document, places } of all) {
  describe(document, { concurrency: 2 }, () => {
    for (const [index, place] of places.entries()) testBlock(place, places[index - 1]?.block);
  });
}
