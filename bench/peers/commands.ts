/** How each peer is started. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Command } from "./contestant.ts";

export type PeerName = "Millrace" | "PyTorch" | "ONNX Runtime" | "TensorFlow.js" | "jax-js";

/** Peers in TypeScript run as this program does. */
export function program(file: string, folder: string = import.meta.dirname): Command {
  return { program: process.execPath, args: ["-C", "millrace-source", join(folder, file)] };
}

export function commandOf(peer: PeerName): Command {
  switch (peer) {
    case "Millrace":
      return program("millrace.ts");
    case "PyTorch":
      return { program: findPython(), args: [join(import.meta.dirname, "pytorch.py")] };
    case "ONNX Runtime":
      return program("onnxruntime.ts");
    case "TensorFlow.js":
      return program("tfjs.ts");
    case "jax-js":
      return program("jax.ts");
  }
}

let python: string | undefined;

/** The first Python that has PyTorch: $PYTHON, the one on the path, the system's own. */
export function findPython(): string {
  const candidates = [process.env["PYTHON"], "python3", "/usr/bin/python3"].filter((name) => name !== undefined);
  python ??= candidates.find((name) => spawnSync(name, ["-c", "import torch"]).status === 0);
  // Its own message says what is missing.
  return python ?? candidates[0] ?? "python3";
}
