/** The system's errors, `ENOSPC: no space left on device, write`, as people need them: with the file that they are about. */

/** Whether Node.js says so of a call of the system: a file, a folder, a network. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/**
 * The same error naming a file: calls on an open file name none, and an atomic write would name its temporary one.
 * Errors of other kinds stay as they are.
 */
export function namingFile(error: unknown, path: string): unknown {
  if (!isSystemError(error)) return error;
  const { code, errno, syscall } = error;
  const message = `${withoutPath(error.message)} '${path}'`;
  return Object.assign(new Error(message, { cause: error }), { code, errno, syscall, path });
}

/** Why, without the file, for a line that has named it: `permission denied (EACCES)`. */
export function systemReason(error: unknown): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error);
  const what = /^\w+: (?<what>[^,]+),/.exec(error.message)?.groups?.["what"];
  return what === undefined ? error.message : `${what} (${error.code})`;
}

/** `EACCES: permission denied, open '/a/b'` without `'/a/b'`. */
function withoutPath(message: string): string {
  const at = message.indexOf(" '");
  return at < 0 ? message : message.slice(0, at);
}

/** For `stat(path).catch(nullWhereMissing)`: what is there, but may not be seen, stays an error. */
export function nullWhereMissing(error: unknown): null {
  if (isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
  throw error;
}
