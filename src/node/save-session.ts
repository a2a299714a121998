import { readFile } from "node:fs/promises";
import type { Session } from "../runtime/session.ts";
import { Saver, type SaverOptions } from "../train/restore.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/** Writes the variables of a session into a safetensors file, at once or not at all. See `tf.train.Saver`. */
export async function saveSession(session: Session, path: string, options: SaverOptions = {}): Promise<void> {
  await writeFileAtomically(path, await new Saver(options).save(session));
}

/** Gives the variables of a session the values that `saveSession` wrote. */
export async function restoreSession(session: Session, path: string, options: SaverOptions = {}): Promise<void> {
  await new Saver(options).restore(session, await readFile(path));
}
