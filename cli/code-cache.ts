import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Files of one Node.js. A built Millrace has about 120, one that runs from sources 1,500, and every copy of it elsewhere on the
 * disk as many again: 5,000 are some 25 MB.
 */
const MOST_FILES = 5000;
/** Each version of Node.js has a folder of its own. */
const MOST_VERSIONS = 3;

/**
 * Keeps what V8 makes of the code for the next start, which is a tenth faster then, from sources twice as fast. It is
 * code that will be run, so it lies in the user's own folder and not, as it would by default, in everybody's for temporary
 * files. NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 turns it off; Node.js 20 has none.
 */
export function keepCompiledCode(): void {
  // Asked first: where no folder can be made, Node.js (26.10) tries for ever to make one for its cache.
  if (!existsSync(homedir())) return;
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE || ownFolder());
}

/**
 * Node.js only ever adds to it: what has grown too large is emptied, and fills again. When the command has done its work: reading
 * the names takes a millisecond.
 */
export function boundCompiledCode(): void {
  // Another folder is somebody else's, too.
  if (process.env.NODE_COMPILE_CACHE) return;
  try {
    const folder = ownFolder();
    const versions = readdirSync(folder).map((name) => join(folder, name));
    const newest = versions.length <= MOST_VERSIONS ? versions : byAge(versions).slice(0, MOST_VERSIONS);
    for (const version of versions) {
      const isKept = newest.includes(version) && readdirSync(version).length <= MOST_FILES;
      if (!isKept) rmSync(version, { recursive: true, force: true });
    }
  } catch {
    // There is none, or another process is at it: the next one will find it too large again.
  }
}

/** The one that was written to last first. */
function byAge(folders: readonly string[]): string[] {
  const written = new Map(folders.map((folder) => [folder, statSync(folder).mtimeMs]));
  return folders.toSorted((a, b) => (written.get(b) ?? 0) - (written.get(a) ?? 0));
}

function ownFolder(): string {
  return join(homedir(), ".cache", "millrace");
}
