/// <reference types="vite/client" />
/** Runs every op test of the suite and the checks of the page, one by one, and reports each before it starts. */
import "./page-checks.ts";
import "./pictures.ts";
import { collected } from "./node-test.ts";
import "./report.ts";

for (const load of Object.values(import.meta.glob("../ops/*.test.ts"))) await load();

let passed = 0;
for (const [index, { title, run }] of collected.entries()) {
  await window.report({ kind: "start", title, index, count: collected.length, passed });
  try {
    await run();
    passed++;
  } catch (error) {
    await window.report({ kind: "failure", title, message: describe(error) });
  }
}
await window.report({ kind: "end", passed });

/** What an assertion says is enough; the stacks of minified code help nobody but in other errors. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "AssertionError" ? error.message : (error.stack ?? String(error));
}
