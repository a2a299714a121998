/**
 * The npm package as its users get it: packed, installed into an empty folder without network, type-checked in a
 * consumer and run by the user's own Node.js, often older than the pinned one.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIfChanged } from "./build.mjs";
import { npm } from "./lib/dependencies.mjs";
import { inProject, isMain, tool } from "./lib/project.mjs";
import { output } from "./lib/run.mjs";
import { findRuntime, userNode } from "./lib/runtime.mjs";

const bench = ["--batch-size", "1", "--image-size", "64", "--burn-in", "0", "--steps", "1", "--json"];

/** A program for anywhere, which has no types of Node.js, and one for Node.js, which has. */
const consumers = {
  "anywhere.ts": `
import * as tf from "millrace";
export const session: typeof tf.Session = tf.Session;
`,
  "node.ts": `
import * as tf from "millrace";
import * as node from "millrace/node";
export const session: typeof tf.Session = tf.Session;
export const names: string[] = Object.keys(node);
`,
};

/** A program that is wrong in its sixth line, and a file that is not what it says: both parts know the same errors. */
const mistaken = `
import * as tf from "millrace";
import * as node from "millrace/node";
const weights = tf.zeros([2, 3]);
try {
  tf.matmul(weights, weights);
} catch (error) {
  console.log(error.site);
}
// Node.js gets the bundle.
console.log(import.meta.resolve("millrace").endsWith("/dist/bundle/index.js"));
await node.readWeights("mistaken.mjs").catch((error) => console.log(error instanceof tf.MillraceError));
`;

/** True when all of it works; what does not is printed. */
export async function smokePackage() {
  const folder = mkdtempSync(join(tmpdir(), "millrace-package-"));
  try {
    await buildIfChanged();
    await installInto(folder);
    await typeCheckConsumers(folder);
    await runPrograms(folder);
    await makeMistakes(folder);
    return true;
  } catch (error) {
    console.error(`package: ${error.message}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `npm install millrace` does, from the files here: the packed package and the dependencies of the lockfile. */
async function installInto(folder) {
  const packed = await npm(["pack", "--ignore-scripts", "--pack-destination", folder], { quiet: true });
  if (packed.code !== 0) throw new Error("npm pack failed");
  const { name, version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const home = join(folder, "node_modules", name);
  mkdirSync(home, { recursive: true });
  await output("tar", ["-xzf", `${name}-${version}.tgz`, "-C", home, "--strip-components=1"], { cwd: folder });
  const { packages } = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8"));
  for (const [path, entry] of Object.entries(packages)) {
    // Binaries for other platforms are in the lockfile only.
    if (path === "" || entry.dev || (entry.optional && !existsSync(inProject(path)))) continue;
    cpSync(inProject(path), join(folder, path), { recursive: true });
  }
}

/** The declarations are complete: strict programs without any types but their own, their platform's and the package's. */
async function typeCheckConsumers(folder) {
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  for (const name of ["@types/node", "undici-types"]) {
    cpSync(inProject("node_modules", name), join(folder, "node_modules", name), { recursive: true });
  }
  const options = [
    "--strict",
    "--noEmit",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--lib",
    "es2023,dom,dom.iterable",
  ];
  for (const [file, code] of Object.entries(consumers)) {
    writeFileSync(join(folder, file), code);
    const platform = file === "node.ts" ? ["--types", "node"] : [];
    await output(findRuntime().node, [tool("typescript", "tsc"), ...options, ...platform, "--ignoreConfig", file], {
      cwd: folder,
    });
  }
}

async function runPrograms(folder) {
  const main = join(folder, "node_modules", "millrace", "dist", "cli", "main.js");
  const millrace = (...args) => output(userNode, [main, ...args], { cwd: folder, timeout: 120_000 });
  await millrace("fit-plane", "--steps", "40");
  for (const model of ["alexnet", "vgg16"]) {
    const { phases } = JSON.parse(await millrace("bench", model, ...bench));
    const timed = phases.filter(({ mean }) => Number.isFinite(mean) && mean > 0).map(({ name }) => name);
    if (timed.join() !== "forward,forward-backward") throw new Error(`bench ${model}: timed only "${timed.join()}"`);
  }
}

/** Errors name the user's line, with source maps and without, and are of one class whichever part throws them. */
async function makeMistakes(folder) {
  writeFileSync(join(folder, "mistaken.mjs"), mistaken);
  for (const flags of [[], ["--enable-source-maps"]]) {
    const printed = await output(userNode, [...flags, "mistaken.mjs"], { cwd: folder, timeout: 120_000 });
    if (printed !== "mistaken.mjs:6\ntrue\ntrue\n")
      throw new Error(`${flags.join()} mistaken.mjs printed "${printed}"`);
  }
}

if (isMain(import.meta) && !(await smokePackage())) process.exitCode = 1;
