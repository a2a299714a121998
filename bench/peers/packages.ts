/** The peers' npm packages, which live in bench/peers/packages, outside of Millrace's own dependencies. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const packagesFolder: string = join(import.meta.dirname, "packages");

const requirePeer = createRequire(join(packagesFolder, "package.json"));

/** Imports a peer; `T` is the part of it that the caller uses. @throws when it is not installed. */
export async function importPeer<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(resolvePeer(name)).href)) as T;
}

/** For peers whose main file is CommonJS. */
export function loadPeer<T>(name: string): T {
  return requirePeer(resolvePeer(name)) as T;
}

export function resolvePeer(name: string): string {
  try {
    return requirePeer.resolve(name);
  } catch {
    throw new Error(`${name} is not installed: npm run bench:peers -- --install`);
  }
}

export function versionOf(name: string): string {
  return (requirePeer(join(packagesFolder, "node_modules", name, "package.json")) as { version: string }).version;
}
