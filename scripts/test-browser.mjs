/**
 * `npm run test:browser`: the built package in Chromium. Every op test runs on a page that is cross-origin isolated
 * (shared memory, threads) and on one that is not (one thread); a small program runs served as it is, by Vite's
 * development server, and bundled. See docs/decisions/0030-browser-tests.md.
 *
 * Chromium comes from the system: Debian's package `chromium`, or the path in CHROMIUM.
 */
import { existsSync } from "node:fs";
import { buildIfChanged } from "./build.mjs";

const chosen = process.env.CHROMIUM;
const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = (chosen ? [chosen] : usual).find((path) => existsSync(path));
if (chromium === undefined) {
  console.error(
    `test:browser: there is no Chromium at ${chosen ?? usual.join(" or ")}; ` +
      "install Debian's package `chromium`, or name one in CHROMIUM",
  );
  process.exit(1);
}

await buildIfChanged();
// Not before that: it sets up, and so installs what is imported here.
const { testInBrowser } = await import("./browser/test-in-browser.mjs");
if (!(await testInBrowser(chromium))) process.exitCode = 1;
