/** Stamps: a file beside a result that says from which inputs it was made, so that work is done once. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { root } from "./project.mjs";

/** All files under a path, sorted; the path itself if it is a file, nothing if it does not exist. */
export function filesUnder(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** SHA-256 over names and contents of all files under the paths. */
export function hashOf(...paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesUnder)) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Whether the stamp at this path says `inputs`. */
export function isStamped(path, inputs) {
  try {
    return readFileSync(path, "utf8") === inputs;
  } catch {
    return false;
  }
}

/** Writes the stamp; last, when the result is complete. */
export function stamp(path, inputs) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, inputs);
}
