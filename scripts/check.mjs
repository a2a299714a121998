/** `npm run check`: the cheapest check first, and a stop at the first that fails. */
import { checkImports } from "./check-imports.mjs";
import { checkFormat } from "./format.mjs";
import { tool } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { setUpTools } from "./setup.mjs";

const { node } = await setUpTools();

const runTool = (packageName, binName, args) => async () =>
  (await run(node, [tool(packageName, binName), ...args])).code === 0;

const checks = {
  "import direction": { hint: "", passes: checkImports },
  format: { hint: "npm run format mends it", passes: () => checkFormat(node) },
  lint: { hint: "", passes: runTool("oxlint", "oxlint", ["--deny-warnings"]) },
  types: { hint: "", passes: runTool("typescript", "tsc", ["--project", "tsconfig.json"]) },
  "unused code": { hint: "remove what nobody uses", passes: runTool("knip", "knip", []) },
};

for (const [name, { hint, passes }] of Object.entries(checks)) {
  console.log(`check: ${name}`);
  const start = performance.now();
  if (!(await passes())) {
    console.error(`check: ${name} failed${hint && `: ${hint}`}`);
    process.exit(1);
  }
  console.log(`check: ${name} passed in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
