/**
 * `npm test`: import direction, type tests, the test files, then the built package on the user's own Node.js.
 *
 * npm test -- conv2d           only test files with "conv2d" in their path
 * npm test -- types            one of the other steps by its name
 * npm test -- conv2d --watch   options go to Node.js
 */
import { relative } from "node:path";
import { checkImports } from "./check-imports.mjs";
import { inProject, root, tool } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { filesUnder } from "./lib/stamp.mjs";
import { setUp } from "./setup.mjs";
import { smokePackage } from "./smoke-package.mjs";

const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const patterns = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const runtime = await setUp();

const files = filesUnder(inProject("test"))
  .map((file) => relative(root, file))
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)));

// A test that hangs ends in an error by the first limit; one that never gives the event loop back, by the second.
const runFiles = async () => {
  // Without a file Node.js would look for tests by itself, and find this script.
  if (files.length === 0) {
    console.error("test: there are no files test/**/*.test.ts");
    return false;
  }
  if (!runtime.runsSources) {
    console.error("test: the test files are TypeScript, which this Node.js does not run: use Node.js 24 or later");
    return false;
  }
  const limits = { timeoutSeconds: 900 };
  const runner = ["--test", "--test-isolation=none", "--test-timeout=120000"];
  const { code, signal } = await run(runtime.node, [...runtime.flags, ...runner, ...options, ...files], limits);
  if (signal === "SIGKILL") console.error(`test: stopped after ${limits.timeoutSeconds} s`);
  return code === 0;
};
const typeTests = async () =>
  (await run(runtime.node, [tool("typescript", "tsc"), "--project", "test/types/tsconfig.json"])).code === 0;

const steps = { imports: checkImports, types: typeTests, files: runFiles, package: smokePackage };

const chosen = Object.keys(steps).filter(
  (name) => patterns.length === 0 || patterns.includes(name) || (name === "files" && files.length > 0),
);
if (chosen.length === 0) {
  console.error(`test: no test file has ${patterns.join(" or ")} in its path`);
  process.exit(1);
}

const failed = [];
for (const name of chosen) {
  console.log(`test: ${name}`);
  const start = performance.now();
  const passed = await steps[name]();
  if (!passed) failed.push(name);
  console.log(`test: ${name} ${passed ? "passed" : "failed"} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
if (failed.length > 0) {
  console.error(`test: failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
