/** What a user can do about the system's errors. */
const FIXES: Readonly<Record<string, string>> = {
  EACCES: "give yourself the right to it (chmod, chown), or pass another path.",
  EPERM: "give yourself the right to it (chmod, chown), or pass another path.",
  EROFS: "that disk is read-only: pass a path on another.",
  ENOSPC: "that disk is full: make room on it, or pass a path on another.",
  EDQUOT: "your share of that disk is used up: make room on it, or pass a path on another.",
  EFBIG: "files may not become that large there: raise the limit (ulimit -f), or pass a path on another disk.",
  ENOENT: "it is not there: look for a slip in the path.",
  ENOTDIR: "a file is where a folder should be: pass another path.",
  EEXIST: "something else is there: move it away, or pass another path.",
  EISDIR: "it is a folder where a file should be: pass another path.",
  EMFILE: "raise the limit of open files (ulimit -n).",
};

/** `millrace/node` knows them, too; loading it to ask would delay every command. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/**
 * The system's errors say what is wrong; here is what helps.
 * @param where it happened, when the error has no path.
 */
export function describeSystemError(error: NodeJS.ErrnoException, where?: string): string {
  const fix = FIXES[error.code ?? ""];
  const problem = `millrace: ${where === undefined ? "" : `${where}: `}${error.message}`;
  return fix === undefined ? problem : `${problem}\n  fix: ${fix}`;
}
