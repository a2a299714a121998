/**
 * The library's modules joined into a few files, dist/bundle/, which is what Node.js gets: finding and linking a module
 * costs it a third of a millisecond, and there are some 600. See docs/decisions/0070-bundle-for-node.md.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { inProject } from "./lib/project.mjs";

const dist = inProject("dist");
const folder = join(dist, "bundle");

/** Bundles what `tsc` left in dist/, beside the kernels. */
export async function bundle() {
  // Not before: building installs it.
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    input: { index: join(dist, "index.js"), node: join(dist, "node", "index.js") },
    platform: "neutral",
    // Parts of Node.js and packages stay imports.
    external: (id) => !id.startsWith(".") && !id.startsWith(dist),
    plugins: [fromDist],
    onLog(_level, { message }) {
      throw new Error(`bundle: ${message}`);
    },
  });
  await build.write({
    dir: folder,
    format: "esm",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    codeSplitting: { groups: [{ name: "common", test: /./, minShareCount: 2 }] },
    comments: { legal: true, annotation: true, jsdoc: false },
  });
  await build.close();
  requireFiles();
}

/** Modules with the source maps that `tsc` made, so that the bundle's lead to src/ as well. */
const fromDist = {
  name: "from-dist",
  load(id) {
    const map = JSON.parse(readFileSync(`${id}.map`, "utf8"));
    return { code: atItsPlace(readFileSync(id, "utf8"), id), map };
  },
};

/**
 * A module goes on to find its files, kernels and worker threads, where they are: beside itself, not beside the bundle.
 * A URL stays written out in full where it was, since that is how bundlers that bundle the bundle find such files.
 */
function atItsPlace(code, id) {
  const urlOf = (path, directory = "") =>
    `new URL("${relative(folder, path).split(sep).join("/")}${directory}", import.meta.url)`;
  return code.replace(/new URL\("(\.[^"]*)", import\.meta\.url\)|import\.meta\.url/g, (_all, path) =>
    path === undefined ? `${urlOf(id)}.href` : urlOf(join(dirname(id), path), path.endsWith(".") ? "/" : ""),
  );
}

/** A URL that leads nowhere would show only when a program comes to need it. */
function requireFiles() {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
    for (const [, path] of readFileSync(join(folder, name), "utf8").matchAll(
      /new URL\("([^"]+)", import\.meta\.url\)/g,
    )) {
      if (!existsSync(join(folder, path))) throw new Error(`bundle: ${name} wants ${path}, which is not there`);
    }
  }
}
