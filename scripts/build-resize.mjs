/**
 * Builds src/data/augment/resize-module.ts, a kilobyte of WebAssembly in a string, from the AssemblyScript beside it. It
 * is kept with the sources: so it needs no loading, in no bundler and no page. A test tells when it is out of date.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { inProject, root, tool } from "./lib/project.mjs";
import { output } from "./lib/run.mjs";
import { findRuntime } from "./lib/runtime.mjs";

const source = inProject("src", "data", "augment", "assembly", "resize.ts");
const target = inProject("src", "data", "augment", "resize-module.ts");

async function resizeModule(node) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-resize-"));
  const built = join(folder, "resize.wasm");
  try {
    const memory = ["--importMemory", "--memoryBase", "0", "--initialMemory", "1"];
    const flags = ["-O3", "--noAssert", "--runtime", "stub", "--use", "abort=", ...memory, "--enable", "simd"];
    const files = [relative(root, source), "--baseDir", root, "--outFile", relative(root, built)];
    process.stderr.write(await output(node, [tool("assemblyscript", "asc"), ...files, ...flags]));
    const bytes = readFileSync(built).toString("base64");
    const hash = createHash("sha256").update(readFileSync(source)).digest("hex");
    const lines = [
      "/**",
      " * WebAssembly as base64, built by scripts/build-resize.mjs from assembly/resize.ts with the SHA-256",
      ` * ${hash}.`,
      " */",
      "export const resizeModule: string =",
      `  "${bytes}";`,
    ];
    return `${lines.join("\n")}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

writeFileSync(target, await resizeModule(findRuntime().node));
