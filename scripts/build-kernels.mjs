/**
 * Builds the WebAssembly kernels: one AssemblyScript source, four modules.
 *
 * relaxed or plain: with relaxed SIMD's fused multiply-add, or for runtimes that lack it.
 * shared or not: memory shared by worker threads, or for pages without cross-origin isolation.
 */
import { mkdirSync, renameSync } from "node:fs";
import { join, relative } from "node:path";
import { inProject, isMain, root, tool } from "./lib/project.mjs";
import { output } from "./lib/run.mjs";
import { findRuntime } from "./lib/runtime.mjs";
import { hashOf, isStamped, stamp } from "./lib/stamp.mjs";

const sources = inProject("src", "backends", "wasm", "assembly");
const binaries = inProject("src", "backends", "wasm", "binaries");
const stampFile = join(binaries, ".stamp");
/** In this order. */
const transforms = ["unroll-loops.mjs", "arrays-to-locals.mjs"].map((name) => inProject("scripts", "lib", name));

const always = [
  "-O3",
  ...transforms.flatMap((file) => ["--transform", file]),
  "--noAssert",
  // Kernels allocate nothing: the host lays out the memory, and nothing in it is ever collected.
  "--runtime",
  "stub",
  "--use",
  "abort=",
  "--importMemory",
  // Constants live in the first page, above address 1024; the host's own memory begins after that page.
  "--memoryBase",
  "1024",
  "--initialMemory",
  "1",
  // The tape interpreter calls kernels through this table; the host appends them to it.
  "--exportTable",
  // Function names, so that profiles can be read.
  "--debug",
  "--enable",
  "simd",
];
const relaxed = ["--enable", "relaxed-simd"];
// Atomics work on memory that is not shared, too, and the interpreter is the same in all four.
const threads = ["--enable", "threads"];
const shared = ["--sharedMemory", "--maximumMemory", "65536"];

const variants = {
  "relaxed-shared": [...always, ...threads, ...relaxed, ...shared],
  relaxed: [...always, ...threads, ...relaxed],
  "plain-shared": [...always, ...threads, ...shared],
  plain: [...always, ...threads],
};

const inputs = () => {
  const tools = [...transforms, inProject("scripts", "lib", "syntax-tree.mjs")];
  return hashOf(sources, import.meta.filename, ...tools, inProject("node_modules", "assemblyscript", "package.json"));
};

/** Whether the modules were built from the sources, flags and compiler that are here now. */
export const kernelsAreCurrent = () => isStamped(stampFile, inputs());

/** Builds all four modules, running the compiler with the given Node.js. */
export async function buildKernels({ node }) {
  const built = inputs();
  mkdirSync(binaries, { recursive: true });
  // Two at a time: a compiler takes half a gigabyte, and the smallest machines we build on have two cores.
  const queue = Object.entries(variants);
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await buildVariant(node, ...next);
  };
  await Promise.all([worker(), worker()]);
  stamp(stampFile, built);
}

async function buildVariant(node, name, flags) {
  const entry = join(sources, "index.ts");
  const unfinished = join(binaries, `${name}.${process.pid}.tmp`);
  const files = [entry, "--baseDir", root, "--outFile", relative(root, unfinished)];
  process.stderr.write(await output(node, [tool("assemblyscript", "asc"), ...files, ...flags]));
  renameSync(unfinished, join(binaries, `${name}.wasm`));
}

if (isMain(import.meta)) await buildKernels(findRuntime());
