/** `npm run build`: the npm package's JavaScript, declarations and kernels, in dist/. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { bundle } from "./bundle.mjs";
import { inProject, isMain, tool } from "./lib/project.mjs";
import { runOrThrow } from "./lib/run.mjs";
import { hashOf, isStamped, stamp } from "./lib/stamp.mjs";
import { setUp } from "./setup.mjs";

const stampFile = inProject("dist", ".stamp");
const projects = ["tsconfig.build.json", "tsconfig.build-programs.json"];
const inputs = () =>
  hashOf(
    ...["src", "cli", "examples", "scripts/build.mjs", "scripts/bundle.mjs", "tsconfig.json", ...projects].map((path) =>
      inProject(path),
    ),
  );

/** Builds, unless dist/ was built from what is here now. */
export async function buildIfChanged() {
  const runtime = await setUp();
  const wanted = inputs();
  if (isStamped(stampFile, wanted)) return;
  console.error("build: dist/ ...");
  rmSync(inProject("dist"), { recursive: true, force: true });
  // In this order: the programs import the library as users do, by its declarations in dist/.
  for (const project of projects) {
    await runOrThrow(runtime.node, [tool("typescript", "tsc"), "--project", project], { stdoutToStderr: true });
  }
  copyKernels();
  await bundle();
  stamp(stampFile, wanted);
}

function copyKernels() {
  const to = inProject("dist", "backends", "wasm", "binaries");
  mkdirSync(to, { recursive: true });
  cpSync(inProject("src", "backends", "wasm", "binaries"), to, {
    recursive: true,
    filter: (path) => !/\.(stamp|tmp)$/.test(path),
  });
}

if (isMain(import.meta)) await buildIfChanged();
