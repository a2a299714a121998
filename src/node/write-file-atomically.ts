import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm } from "node:fs/promises";

/**
 * Writes a file so that whoever reads it finds the old content or the new, never a part: into a temporary file beside
 * it, flushed to the disk, then renamed. A link stays a link: what it points to is replaced.
 *
 * @throws the system's error, with nothing left behind, when the folder is missing or may not be written.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
