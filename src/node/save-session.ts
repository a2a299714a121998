import { readFile } from "node:fs/promises";
import { CheckpointError } from "../core/errors.ts";
import type { Session } from "../runtime/session.ts";
import { Saver, type SaverOptions } from "../train/restore.ts";
import { systemReason } from "./system-error.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/** Writes the variables of a session into a safetensors file, at once or not at all. See `tf.train.Saver`. */
export async function saveSession(session: Session, path: string, options: SaverOptions = {}): Promise<void> {
  await writeFileAtomically(path, await new Saver(options).save(session));
}

/**
 * Gives the variables of a session the values that `saveSession` wrote.
 * @throws CheckpointError when there is no such file; FormatError, GraphError when it is another.
 */
export async function restoreSession(session: Session, path: string, options: SaverOptions = {}): Promise<void> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CheckpointError({
      problem: `restoreSession: ${path} could not be read: ${systemReason(cause)}.`,
      fix: "pass the path of a file that saveSession wrote.",
      cause,
    });
  });
  await new Saver(options).restore(session, bytes);
}
