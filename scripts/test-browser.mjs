/**
 * `npm run test:browser`: bundles the op tests with the built package by Vite, without configuration for its wasm files
 * or workers, and runs them in Chromium: once on a page that is cross-origin isolated (shared memory, threads) and once
 * on one that is not (one thread).
 *
 * Chromium comes from the system: Debian's package `chromium`, or the path in CHROMIUM.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { inProject, root } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

const MINUTES_A_PAGE = 10;
const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };

/** Where systems keep Chromium and its relatives. */
function findChromium() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (found) return found;
  console.error("test:browser: there is no Chromium. Install Debian's package `chromium`, or name one in CHROMIUM.");
  process.exit(1);
}

/** Tests import the sources; here they get the built package instead, which is what users bundle. */
const useBuiltPackage = {
  name: "use-built-package",
  enforce: "pre",
  resolveId(source, importer) {
    if (!source.startsWith(".") || !importer) return null;
    const path = normalize(join(importer, "..", source));
    const sources = join(root, "src");
    if (!path.startsWith(sources)) return null;
    return join(root, "dist", path.slice(sources.length).replace(/\.ts$/, ".js"));
  },
};

async function bundle(outDir) {
  await build({
    configFile: false,
    root: inProject("test", "browser"),
    base: "./",
    logLevel: "warn",
    plugins: [useBuiltPackage],
    resolve: {
      alias: {
        "node:test": inProject("test", "browser", "node-test.ts"),
        "node:assert/strict": inProject("test", "browser", "node-assert.ts"),
      },
    },
    build: { outDir, emptyOutDir: true, target: "esnext", chunkSizeWarningLimit: 5000 },
  });
}

/** Serves a folder on a free port of this machine. */
function serve(folder, isolated) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(folder, normalize(path === "/" ? "/index.html" : path));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain", ...(isolated ? isolation : {}) });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function runPage(browser, folder, isolated) {
  const title = isolated ? "with cross-origin isolation" : "without cross-origin isolation";
  const server = await serve(folder, isolated);
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const start = performance.now();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => window.outcome !== undefined, undefined, { timeout: MINUTES_A_PAGE * 60_000 });
  } catch (error) {
    const progress = await page.evaluate(() => window.progress).catch(() => "the page is gone");
    return { title, failed: 1, passed: 0, text: [`${String(error)}\nat ${progress}`, ...complaints].join("\n") };
  } finally {
    server.close();
  }
  const outcome = await page.evaluate(() => window.outcome);
  await page.close();
  if ("crash" in outcome) return { title, failed: 1, passed: 0, text: [outcome.crash, ...complaints].join("\n") };
  const failures = outcome.failures.map(({ title: name, message }) => `${name}\n  ${message}`);
  if (outcome.crossOriginIsolated !== isolated) failures.push(`the page's isolation is ${outcome.crossOriginIsolated}`);
  const plane = [0.1, 0.2, 0.3];
  if (outcome.plane.some((value, index) => !(Math.abs(value - plane[index]) < 1e-3))) {
    failures.push(`the plane fit ended at ${outcome.plane.join(", ")} instead of ${plane.join(", ")}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return { title, passed: outcome.passed, failed: failures.length, text: failures.join("\n"), seconds };
}

await setUp();
const executablePath = findChromium();
const built = await run(process.execPath, [inProject("scripts", "build.mjs")]);
if (built.code !== 0) process.exit(1);

const folder = mkdtempSync(join(tmpdir(), "millrace-browser-"));
let failed = 0;
let passed = 0;
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
try {
  await bundle(folder);
  const browser = await chromium.launch({ executablePath, args: [...quiet, "--disable-sync", "--no-first-run"] });
  console.log(`test:browser: Chromium ${browser.version()}`);
  for (const isolated of [true, false]) {
    const result = await runPage(browser, folder, isolated);
    passed += result.passed;
    failed += result.failed;
    if (result.text) console.error(result.text);
    console.log(`test:browser: ${result.title}: ${result.passed} passed, ${result.failed} failed, ${result.seconds ?? "?"} s`);
  }
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
