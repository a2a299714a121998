/**
 * Set-up: dependencies, then kernels, each only when something it depends on has changed.
 * Everything it prints goes to standard error: standard output belongs to what the user asked for.
 */
import { buildKernels, kernelsAreCurrent } from "./build-kernels.mjs";
import { dependenciesAreCurrent, installDependencies } from "./lib/dependencies.mjs";
import { isMain } from "./lib/project.mjs";
import { findRuntime } from "./lib/runtime.mjs";

/** Installs the tools, and returns the Node.js to run them with. */
export async function setUpTools() {
  if (!dependenciesAreCurrent()) await step("installing dependencies", installDependencies);
  return findRuntime();
}

/** Makes a clone ready to run Millrace, and returns the Node.js to run it with. */
export async function setUp() {
  const runtime = await setUpTools();
  if (!kernelsAreCurrent()) await step("building kernels", () => buildKernels(runtime));
  return runtime;
}

async function step(title, work) {
  console.error(`set-up: ${title} ...`);
  const start = performance.now();
  try {
    await work();
  } catch (error) {
    console.error(`set-up: ${title} failed\n${error.message}`);
    process.exit(1);
  }
  console.error(`set-up: ${title} took ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (isMain(import.meta)) await setUp();
