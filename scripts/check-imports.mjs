/** Import direction: what each folder may import, as the design says. Cycles inside a folder are the linter's. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { inProject, isMain, root } from "./lib/project.mjs";
import { filesUnder } from "./lib/stamp.mjs";

/** Each folder may import itself and the folders left of it. */
const layers = ["core", "graph", "ops", "autodiff", "compiler", "runtime", "backends"];

/** These build graphs: they may import each other and any layer but backends. */
const builders = ["nn", "layers", "train", "data", "models"];

/** The public face: it joins the session to its default backend and names everything. */
const face = ["session.ts", "index.ts"];

const graphLayers = layers.filter((layer) => layer !== "backends");

/** @type {Record<string, string[]>} folder of src/ -> folders of src/ that it may import */
const mayImport = {
  ...Object.fromEntries(layers.map((layer, index) => [layer, layers.slice(0, index + 1)])),
  ...Object.fromEntries(builders.map((builder) => [builder, [...graphLayers, ...builders]])),
  ...Object.fromEntries(face.map((file) => [file, [...layers, ...builders, ...face]])),
  node: [...layers, ...builders, ...face, "node"],
};

/** These stand outside and use the package by its name, so that they work on the built package as well. */
const programs = ["cli", "examples"];

/** The static imports and re-exports of a file, and `import()` of a literal; `typeof import()` is only a type. */
function importsOf(file) {
  const code = readFileSync(file, "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const specifier =
    /(?:^|[\s;}])(?:import|export)\s*(?:type\s+)?(?:[\w*{}\s,$]+?\s*from\s*)?"([^"]+)"|(?<!typeof )import\(\s*"([^"]+)"/g;
  return [...code.matchAll(specifier)].map((match) => match[1] ?? match[2]);
}

/** "core" for src/core/shape.ts, "index.ts" for src/index.ts. */
const folderInSource = (path) => relative(inProject("src"), path).split(sep)[0];

/** Why a file may not import this, or undefined if it may. */
function objection(file, specifier) {
  const place = relative(root, file).split(sep)[0];
  const target = specifier.startsWith(".") ? join(dirname(file), specifier) : undefined;
  const targetPlace = target && relative(root, target).split(sep)[0];
  if (programs.includes(place)) {
    return targetPlace === "src" ? `${place}/ imports "millrace" by its name, never by a path` : undefined;
  }
  const from = folderInSource(file);
  if (!mayImport[from]) return `src/${from} has no place in the order of scripts/check-imports.mjs`;
  if (!target) {
    if (specifier.startsWith("millrace")) return "src/ imports its own files by path";
    if (from === "node") return undefined;
    return "only src/node/ may import packages or parts of Node.js: everything else also runs in browsers";
  }
  if (targetPlace !== "src") return "src/ is complete in itself";
  const to = folderInSource(target);
  return mayImport[from].includes(to) ? undefined : `src/${from} may import only ${mayImport[from].join(", ")}`;
}

/** Prints what points the wrong way; true when nothing does. */
export function checkImports() {
  const files = ["src", ...programs]
    .flatMap((folder) => filesUnder(inProject(folder)))
    .filter((file) => file.endsWith(".ts") && !relative(root, file).split(sep).includes("assembly"));
  const problems = files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const reason = objection(file, specifier);
      return reason ? [`${relative(root, file)}: "${specifier}": ${reason}`] : [];
    }),
  );
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

if (isMain(import.meta) && !checkImports()) process.exitCode = 1;
