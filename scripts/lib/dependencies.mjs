/** The npm dependencies: installed exactly as package-lock.json says, and only when they are not already. */
import { readFileSync, rmSync } from "node:fs";
import { inProject } from "./project.mjs";
import { run } from "./run.mjs";
import { pinnedNodeRuns } from "./runtime.mjs";

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
export function dependenciesAreCurrent() {
  const wanted = packagesOf(inProject("package-lock.json"));
  const installed = packagesOf(inProject("node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(([path, entry]) => {
    // Packages for other platforms, and the repository itself, are never in the record.
    if (path === "" || (entry.optional && !installed[path])) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Installs what package-lock.json says. One install script runs, that of npm's `node` package, which fetches the
 * pinned Node.js; it does not exist for every platform, and Millrace goes on without it (see runtime.mjs).
 */
export async function installDependencies() {
  const { code } = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error("npm ci failed; its own message is above");
  await npm(["rebuild", "node"], { quiet: true });
  // npm scripts find node_modules/.bin/node first: one that does not run here must not stay in their way.
  if (!pinnedNodeRuns()) rmSync(inProject("node_modules", ".bin", "node"), { force: true });
}

/** Runs npm: the one that started us, if one did. */
export function npm(args, { quiet = false } = {}) {
  const script = process.env.npm_execpath ?? "";
  const all = quiet ? [...args, "--silent"] : args;
  const options = { stdoutToStderr: true };
  if (/npm-cli\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...all], options);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", all, options);
}
