import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.ts";

/** All files below a folder of the repository, as `src/core/shape.ts`, but for installed packages. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
