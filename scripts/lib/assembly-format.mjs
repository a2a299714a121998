/**
 * Formats the AssemblyScript kernels. It is TypeScript but for decorators on functions (`@inline`), which the
 * formatter refuses: they are comments while it works on a copy.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { inProject, root, tool } from "./project.mjs";
import { output } from "./run.mjs";
import { filesUnder } from "./stamp.mjs";

const folders = [inProject("src", "backends", "wasm", "assembly"), inProject("src", "data", "augment", "assembly")];

const decorator = /^([ \t]*)@(inline|lazy|unsafe|global|external\([^)]*\))[ \t]*\n?/gm;
const hideDecorators = (code) => code.replace(decorator, "$1//@@$2\n");
const showDecorators = (code) => code.replace(/^([ \t]*)\/\/@@/gm, "$1@");

/** @returns {Promise<{ file: string, formatted: string }[]>} the kernels that are not formatted, and how they should be */
export async function unformattedKernels(node) {
  const copy = mkdtempSync(join(tmpdir(), "millrace-format-"));
  try {
    cpSync(inProject(".oxfmtrc.json"), join(copy, ".oxfmtrc.json"));
    const files = folders.flatMap(filesUnder).filter((file) => file.endsWith(".ts"));
    const copyOf = (file) => join(copy, relative(root, file).replaceAll(/[\\/]/g, "--"));
    for (const file of files) writeFileSync(copyOf(file), hideDecorators(readFileSync(file, "utf8")));
    await output(node, [tool("oxfmt"), "--write", "."], { cwd: copy });
    return files
      .map((file) => ({ file: relative(root, file), formatted: showDecorators(readFileSync(copyOf(file), "utf8")) }))
      .filter(({ file, formatted }) => readFileSync(inProject(file), "utf8") !== formatted);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
