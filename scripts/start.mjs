/**
 * `npm start` and `npm run millrace`: sets up, then runs the command line from its sources. `npm start` without
 * arguments is the main job, the notes' three programs.
 */
import { buildIfChanged } from "./build.mjs";
import { inProject } from "./lib/project.mjs";
import { endLike, run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

const runtime = await setUp();
const given = process.argv.slice(2);
const args = given.length === 0 && process.env.npm_lifecycle_event !== "millrace" ? ["notes"] : given;
const options = { cwd: process.env.INIT_CWD ?? process.cwd(), reportsItsEnd: true };

if (runtime.runsSources) {
  endLike(await run(runtime.node, [...runtime.flags, inProject("cli", "main.ts"), ...args], options));
} else {
  await buildIfChanged();
  endLike(await run(runtime.node, ["--enable-source-maps", inProject("dist", "cli", "main.js"), ...args], options));
}
