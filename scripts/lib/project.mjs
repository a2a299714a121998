/** Where things are: the repository's root and the command-line tools that npm installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's root folder. */
export const root = join(import.meta.dirname, "..", "..");

/** A path inside the repository. */
export const inProject = (...parts) => join(root, ...parts);

/** Whether a script was started by name, rather than imported by another. */
export const isMain = (meta) => process.argv[1] === meta.filename;

/** A tool's script in node_modules, to be run by a Node.js: unlike .bin/NAME this is the same on every system. */
export function tool(packageName, binName = packageName) {
  const folder = inProject("node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[binName]);
}
