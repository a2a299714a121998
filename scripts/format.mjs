/**
 * The project's format.
 *
 * npm run format              writes every file in it
 * npm run format -- --check   only says which files are not
 */
import { writeFileSync } from "node:fs";
import { unformattedKernels } from "./lib/assembly-format.mjs";
import { inProject, isMain, tool } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { setUpTools } from "./setup.mjs";

/** Names what is not formatted; true when everything is. */
export async function checkFormat(node) {
  const kernels = await unformattedKernels(node);
  for (const { file } of kernels) console.log(`${file}: not formatted`);
  const { code } = await run(node, [tool("oxfmt"), "--check"]);
  return code === 0 && kernels.length === 0;
}

async function writeFormat(node) {
  for (const { file, formatted } of await unformattedKernels(node)) writeFileSync(inProject(file), formatted);
  return (await run(node, [tool("oxfmt"), "--write"])).code === 0;
}

if (isMain(import.meta)) {
  const { node } = await setUpTools();
  const done = process.argv.includes("--check") ? await checkFormat(node) : await writeFormat(node);
  if (!done) process.exitCode = 1;
}
