/** Which Node.js runs Millrace here: the pinned one where it works, else the one that runs this script. */
import { spawnSync } from "node:child_process";
import { inProject } from "./project.mjs";

/** Lets examples and the command line import `millrace` as any user does, and get src/ instead of dist/. */
const fromSources = ["--enable-source-maps", "-C", "millrace-source"];

/**
 * @typedef {object} Runtime
 * @property {string} node path of the Node.js
 * @property {string[]} flags its flags for running TypeScript sources
 * @property {boolean} runsSources whether it can run TypeScript; if not, the build in dist/ has to do
 */

const pinned = inProject("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Whether the pinned Node.js is installed and runs on this system. */
export const pinnedNodeRuns = () => spawnSync(pinned, ["--version"]).status === 0;

let found;

/** @returns {Runtime} looked for once, when dependencies are installed */
export const findRuntime = () => (found ??= lookForRuntime());

function lookForRuntime() {
  if (pinnedNodeRuns()) return { node: pinned, flags: fromSources, runsSources: true };
  console.error(
    `set-up: the pinned Node.js does not run on ${process.platform} ${process.arch}; ` +
      `going on with Node.js ${process.versions.node}, which may be slower`,
  );
  return { node: process.execPath, flags: fromSources, runsSources: process.features.typescript === "strip" };
}

/** The user's own Node.js, the one that runs npm: in npm scripts `node` is already the pinned one. */
export const userNode = process.env.npm_node_execpath ?? process.execPath;
