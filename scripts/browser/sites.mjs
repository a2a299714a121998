/** What the pages are made of: the op tests bundled with dist/, and a program that has `millrace` installed. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { build, createServer } from "vite";
import { inProject } from "../lib/project.mjs";
import { ISOLATION } from "./serve-folder.mjs";

/** No configuration but where things are: what works here works for everyone. */
const vite = { configFile: false, base: "./", logLevel: "warn", clearScreen: false };

/** Tests import the sources; on a page they get the built package instead, which is what users bundle. */
const builtPackage = {
  name: "built-package",
  enforce: "pre",
  resolveId(source, importer) {
    if (!source.startsWith(".") || !importer) return null;
    const path = relative(inProject("src"), join(dirname(importer), source));
    return path.split(sep)[0] === ".." ? null : inProject("dist", path.replace(/\.ts$/, ".js"));
  },
  transform(_code, id) {
    // package.json says that few modules do anything when imported. It speaks of the package, not of the tests.
    return id.startsWith(inProject("test")) ? { moduleSideEffects: true } : null;
  },
};

/** test/browser/index.html, which runs test/ops on a page. */
export async function bundleOpTests(outDir) {
  const folder = inProject("test", "browser");
  await build({
    ...vite,
    root: folder,
    plugins: [builtPackage],
    resolve: {
      alias: { "node:test": join(folder, "node-test.ts"), "node:assert/strict": join(folder, "node-assert.ts") },
    },
    build: { outDir, emptyOutDir: true, target: "esnext", chunkSizeWarningLimit: 5000 },
  });
}

/**
 * test/browser/program/ in a folder with the built package in its node_modules, as `npm install` leaves it. Its page
 * names the library's modules, and bundle.html those joined into a few files.
 */
export function installProgram(folder) {
  cpSync(inProject("test", "browser", "program"), folder, { recursive: true });
  const page = readFileSync(join(folder, "index.html"), "utf8");
  writeFileSync(join(folder, "bundle.html"), page.replace("/dist/index.js", "/dist/bundle/index.js"));
  writeFileSync(join(folder, "package.json"), `{ "type": "module", "dependencies": { "millrace": "*" } }`);
  for (const part of ["package.json", "dist", "src"]) {
    cpSync(inProject(part), join(folder, "node_modules", "millrace", part), { recursive: true });
  }
}

export async function bundleProgram(folder, outDir) {
  await build({ ...vite, root: folder, build: { outDir, emptyOutDir: true } });
}

/** Vite's development server, which bundles nothing but puts each dependency into one file. */
export async function serveByVite(folder) {
  const server = await createServer({
    ...vite,
    base: "/",
    root: folder,
    server: { host: "127.0.0.1", headers: ISOLATION },
  });
  await server.listen();
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}
