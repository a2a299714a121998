import { spawnSync } from "node:child_process";
import { packagesFolder } from "./packages.ts";

/**
 * Installs the peers that npm has. Without their scripts: that of onnxruntime-node downloads libraries for GPUs, its
 * library for processors is in the package.
 * @returns npm's exit code.
 */
export function installPeers(): number {
  const npm = process.env["npm_execpath"];
  const args = [
    "install",
    "--prefix",
    packagesFolder,
    "--ignore-scripts",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
  ];
  const [program, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  return spawnSync(program, [...first, ...args], { stdio: ["ignore", process.stderr, process.stderr] }).status ?? 1;
}
