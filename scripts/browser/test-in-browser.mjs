/** Opens every page of the browser tests, one after the other, and says how each went. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { runTestPage } from "./run-test-page.mjs";
import { bundleOpTests, bundleProgram, installProgram, serveByVite } from "./sites.mjs";
import { serveFolder } from "./serve-folder.mjs";

/** @returns {Promise<boolean>} whether every page passed */
export async function testInBrowser(executablePath) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-browser-"));
  const browser = await chromium.launch({ executablePath, args: ["--disable-gpu"] });
  try {
    console.log(`test:browser: Chromium ${browser.version()}`);
    return await runPages(browser, folder);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** More than anyone reads at once hides the first, which is often the cause of the rest. */
const MOST_PRINTED = 20;

async function runPages(browser, folder) {
  const [tests, program, bundled] = ["tests", "program", "bundled"].map((name) => join(folder, name));
  await bundleOpTests(tests);
  installProgram(program);
  await bundleProgram(program, bundled);

  const isolated = { isolated: true };
  const pages = {
    "program, no bundler": () => serveFolder(program, isolated),
    "program, no bundler, in few files": () => serveFolder(program, { ...isolated, page: "bundle.html" }),
    "program, Vite's development server": () => serveByVite(program),
    "program, bundled by Vite": () => serveFolder(bundled, isolated),
    "op tests, isolated page": () => serveFolder(tests, isolated),
    "op tests, page without isolation": () => serveFolder(tests, { isolated: false }),
  };
  let [passed, failed] = [0, 0];
  for (const [name, serve] of Object.entries(pages)) {
    const outcome = await runSite(browser, name, await serve());
    passed += outcome.passed;
    failed += outcome.failures.length;
    if (!browser.isConnected()) break;
  }
  console.log(`test:browser: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

async function runSite(browser, name, site) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const outcome = await runTestPage(browser, site.url, (progress) =>
      console.log(`test:browser: ${name}: ${progress}, ${seconds()}`),
    );
    printFailures(name, outcome.failures);
    console.log(`test:browser: ${name}: ${outcome.passed} passed, ${outcome.failures.length} failed, ${seconds()}`);
    return outcome;
  } finally {
    await site.close();
  }
}

function printFailures(name, failures) {
  for (const { title, message } of failures.slice(0, MOST_PRINTED)) {
    console.error(`FAILED ${name}: ${title}\n  ${message.trim().replaceAll("\n", "\n  ")}`);
  }
  if (failures.length > MOST_PRINTED) console.error(`... and ${failures.length - MOST_PRINTED} more`);
}
