/** `npm run bench`, `bench:peers`, `bench:guard`, `bench:publish`: sets up, then runs a program of bench/ from its source. */
import { buildIfChanged } from "./build.mjs";
import { inProject } from "./lib/project.mjs";
import { endLike, run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

const runtime = await setUp();
const [program, ...args] = process.argv.slice(2);
if (!runtime.runsSources) {
  console.error("bench: the benchmarks are TypeScript, which this Node.js does not run: use Node.js 24 or later");
  process.exit(1);
}
// The first result is timed in the package as users have it.
if (program === "peers" && !args.includes("--install")) {
  await buildIfChanged().catch((error) =>
    console.error(`bench: no first result of the built package: ${error.message}`),
  );
}
endLike(
  await run(runtime.node, [...runtime.flags, inProject("bench", `${program}.ts`), ...args], { reportsItsEnd: true }),
);
