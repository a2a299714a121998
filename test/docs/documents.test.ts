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
  /** The program's name in the user's project. */
  readonly name: string;
  /** What the block after it says that comes of it; null when it says nothing. */
  readonly expected: string | null;
}

function placesOf(document: string): Place[] {
  const blocks = codeBlocks(readFileSync(join(root, document), "utf8"));
  return blocks.map((block, index) => {
    const next = blocks[index + 1];
    const isResult = next !== undefined && next.language === "text" && next.without === null && next.follows;
    const name = `${document.replaceAll(/[^\w]+/g, "-")}-${block.line}`;
    if (isProgram(block)) project.add(name, block.code);
    return { block, name, expected: isResult ? next.code.trimEnd() : null };
  });
}

function isProgram({ language, from }: CodeBlock): boolean {
  return language === "ts" && from === null;
}

function assertQuoted({ code, from }: CodeBlock): void {
  const source = readFileSync(join(root, from ?? ""), "utf8");
  for (const stretch of code.split(/^\s*\/\/ \.\.\.\n/m)) {
    assert.ok(source.includes(stretch.trimEnd()), `${from} no longer has these lines:\n${stretch}`);
  }
}

function testBlock({ block, name, expected }: Place, before: CodeBlock | undefined): void {
  const { language, line, from, without, rejected, checked, code } = block;
  if (without !== null && from !== null) {
    test(`line ${line}: the type checker without ${without} in ${from}`, async () => {
      assert.equal((await project.typeErrorsWithout(from, without)).trimEnd(), code.trimEnd());
    });
  } else if (from !== null) {
    test(`line ${line} quotes ${from}`, () => assertQuoted(block));
  } else if (isProgram(block) && rejected) {
    test(`line ${line}: the program does not type-check`, async () => {
      const errors = await project.typeErrors(name);
      assert.notEqual(errors, "", "it does type-check");
      if (expected !== null) assert.equal(errors, expected);
    });
  } else if (isProgram(block)) {
    test(`line ${line}: the program runs${expected === null ? "" : " and prints what the document says"}`, async () => {
      const printed = await project.run(name);
      if (expected !== null) assert.equal(printed.trimEnd(), expected);
      assert.equal(await project.typeErrors(name), "");
    });
  } else if (language === "console" && checked) {
    const [command = "", ...output] = code.trimEnd().split("\n");
    test(`line ${line}: ${command}`, async () => {
      const words = command.replace(/^\$ (npx )?millrace */, "").split(/ +/);
      assert.equal((await runCommand(words)).trimEnd(), output.join("\n"));
    });
  } else if (language === "text" && !(before !== undefined && isProgram(before) && block.follows)) {
    test(`line ${line}: a text block is what a program prints`, () => assert.fail("there is no program just before it"));
  }
}

// Every place first: the type checker is asked about all programs together.
const all = documents.map((document) => ({ document, places: placesOf(document) }));

for (const { document, places } of all) {
  describe(document, { concurrency: 2 }, () => {
    for (const [index, place] of places.entries()) testBlock(place, places[index - 1]?.block);
  });
}
