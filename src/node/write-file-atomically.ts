import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { namingFile } from "./system-error.ts";

/**
 * Writes a file so that whoever reads it finds the old content or the new, never a part: into a temporary file beside
 * it, flushed to the disk, then renamed, and the rename flushed too. A link stays a link: what it points to is replaced.
 *
 * @param content a list is written one piece after the other.
 * @throws the system's error, naming `path`, with nothing left behind, when the folder is missing or may not be written.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      for (const piece of Array.isArray(content)
        ? (content as readonly Uint8Array[])
        : [content as string | Uint8Array]) {
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw namingFile(error, path);
  }
  await syncFolder(dirname(target));
}

/** Flushes a folder's list of names, where the system can: not on Windows, not on every network disk. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | null = null;
  try {
    folder = await open(path, "r");
    await folder.sync();
  } catch {
    // The file itself is on the disk.
  } finally {
    await folder?.close();
  }
}
