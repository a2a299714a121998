/** `npm run bench:publish -- FILE`: puts what `bench:peers --json` measured into docs/, as tables and as a chart. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawChart } from "./chart.ts";
import { replaceTables } from "./markdown.ts";
import { runProgram, UsageError } from "./options.ts";
import type { PeersReport } from "./peers/report.ts";
import { MOST_OTHERS } from "./quiet.ts";

const docs = join(import.meta.dirname, "..", "docs");

async function main(): Promise<number> {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new UsageError("usage: npm run bench:publish -- FILE, made by bench:peers --json");
  const report = read(file);
  const disturbed = report.contests.filter(({ others }) => others > MOST_OTHERS).map(({ name }) => name);
  if (disturbed.length > 0) {
    throw new UsageError(`${file}: the machine was not quiet for ${disturbed.join(", ")}: measure again.`);
  }
  const document = join(docs, "performance.md");
  writeFileSync(document, replaceTables(readFileSync(document, "utf8"), report));
  writeFileSync(join(docs, "performance.svg"), drawChart(report));
  return 0;
}

/** @throws UsageError when it is not what `bench:peers --json` prints. */
function read(file: string): PeersReport {
  const text = readFileSync(file, "utf8");
  try {
    // Without --silent npm prints its own lines first.
    return JSON.parse(text.slice(text.indexOf("{"))) as PeersReport;
  } catch (error) {
    throw new UsageError(`${file}: not a report of bench:peers --json: ${(error as Error).message}`);
  }
}

await runProgram(main);
