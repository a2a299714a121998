/**
 * npm run sweep:formats -- [COUNT] [SEED] [PARSER ...]
 *
 * Mutated files for every parser, 100,000 each by default, and what they covered. A new seed every time unless given.
 */
import { parseMutations } from "./mutate.ts";
import { PARSERS } from "./parsers.ts";

const [count = "100000", seed = String(Date.now() % 1_000_000), ...chosen] = process.argv.slice(2);
for (const [name, parser] of Object.entries(PARSERS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const files = Number(count);
  const start = performance.now();
  const { read, refused, mutations, messages, slowest } = await parseMutations(parser, files, Number(seed));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${name}: ${files} files of seed ${seed} in ${seconds} s; ${refused} refused, ${read} read; the slowest took ${slowest.toFixed(0)} ms`,
  );
  console.log(`  changes: ${[...mutations].map(([mutation, times]) => `${mutation} ${times}`).join(", ")}`);
  for (const [message, times] of [...messages].sort(([, a], [, b]) => b - a))
    console.log(`  ${String(times).padStart(7)}  ${message}`);
  const more = await parser.close?.();
  if (typeof more === "string") console.log(`  ${more}`);
}
