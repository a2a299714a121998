import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { type CodeBlock, codeBlocks } from "./code-blocks.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const documents = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))];
const cache = join(root, "node_modules", ".cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "documents-"));
after(() => rmSync(folder, { recursive: true }));

const flags = ["--enable-source-maps", "-C", "millrace-source"];

/** Runs a program of a document as a user would, in a file of its own; returns what it printed. */
async function runProgram({ code, line }: CodeBlock): Promise<string> {
  const file = join(folder, `line-${line}-${Math.abs(code.length)}.mjs`);
  writeFileSync(file, stripTypeScriptTypes(code));
  return (await run(process.execPath, [...flags, file], { cwd: root, timeout: 60_000 })).stdout;
}

/** Runs `$ millrace ...`, the first line of a block; returns what it printed. */
async function runCommand({ code }: CodeBlock): Promise<string> {
  const words = code.split("\n")[0]!.replace(/^\$ (npx )?millrace */, "").split(/ +/);
  return (await run(process.execPath, [...flags, "cli/main.ts", ...words], { cwd: root, timeout: 60_000 })).stdout;
}

for (const document of documents.filter((name) => name.endsWith(".md"))) {
  const blocks = codeBlocks(readFileSync(join(root, document), "utf8"));
  describe(document, () => {
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      const expected = next?.language === "text" && next.follows ? next : null;
      if (block.from !== null) {
        test(`line ${block.line} quotes ${block.from}`, () => {
          const source = readFileSync(join(root, block.from!), "utf8");
          assert.ok(source.includes(block.code.trimEnd()), `${block.from} no longer holds these lines:\n${block.code}`);
        });
      } else if (block.language === "ts") {
        test(`line ${block.line}: the program runs${expected === null ? "" : " and prints what it says"}`, async () => {
          const printed = await runProgram(block);
          if (expected !== null) assert.equal(printed.trimEnd(), expected.code.trimEnd());
        });
      } else if (block.language === "console" && block.checked) {
        test(`line ${block.line}: ${block.code.split("\n")[0]}`, async () => {
          const expectedOutput = block.code.split("\n").slice(1).join("\n");
          assert.equal((await runCommand(block)).trimEnd(), expectedOutput.trimEnd());
        });
      }
    }
  });
}
