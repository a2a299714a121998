import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./options.ts";

/** Asked before the work, not after it. @throws UsageError when the folder of the file that an option names takes none. */
export async function requireWritable(flag: string, file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
  } catch {
    throw new UsageError(`${flag} ${file}: the folder ${dirname(file)} is not there or may not be written.`);
  }
}
