/** How each peer is started. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Command } from "./contestant.ts";

export type PeerName = "Millrace" | "PyTorch" | "ONNX Runtime" | "TensorFlow.js" | "jax-js";

/** Peers in TypeScript run as this program does. */
export function program(file: string, folder: string = import.meta.dirname): Command {
  return { program: process.execPath, args: ["-C", "millrace-source", join(folder, file)] };
}

const commands: Readonly<Record<PeerName, () => Command>> = {
  Millrace: () => program("millrace.ts"),
  PyTorch: () => ({ program: findPython(), args: [join(import.meta.dirname, "pytorch.py")] }),
  "ONNX Runtime": () => program("onnxruntime.ts"),
  "TensorFlow.js": () => program("tfjs.ts"),
  "jax-js": () => program("jax.ts"),
};

export function commandOf(peer: PeerName): Command {
  return commands[peer]();
}

let python: string | undefined;

/** The first Python that has PyTorch: $PYTHON, the one on the path, the system's own. */
export function findPython(): string {
  const candidates = [process.env["PYTHON"], "python3", "/usr/bin/python3"].filter((name) => name !== undefined);
  python ??= candidates.find((name) => spawnSync(name, ["-c", "import torch"]).status === 0);
  // Its own message says what is missing.
  return python ?? candidates[0] ?? "python3";
}
