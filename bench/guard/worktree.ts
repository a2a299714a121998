import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../options.ts";

const root = join(import.meta.dirname, "..", "..");

/** Whoever stops the guard shall not find its folder in `git worktree list`. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Another revision of this repository in a temporary folder, with its kernels built and the benchmarks of this one. */
export class Worktree implements Disposable {
  readonly folder: string;

  /** @throws UsageError when there is no such revision, or it cannot be built. */
  constructor(revision: string) {
    const parent = mkdtempSync(join(tmpdir(), "millrace-guard-"));
    this.folder = join(parent, "tree");
    for (const signal of SIGNALS) process.once(signal, this.#endBySignal);
    try {
      succeed("git", ["worktree", "add", "--detach", this.folder, revision], root);
      symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"), "junction");
      succeed(process.execPath, [join(this.folder, "scripts", "build-kernels.mjs")], this.folder);
      // Both revisions are asked the same; `millrace` means the library of the folder that asks.
      rmSync(join(this.folder, "bench"), { recursive: true, force: true });
      const filter = (path: string): boolean => !path.includes("node_modules");
      cpSync(join(root, "bench"), join(this.folder, "bench"), { recursive: true, filter });
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  readonly #endBySignal = (): void => {
    this[Symbol.dispose]();
    process.exit(130);
  };

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.#endBySignal);
    spawnSync("git", ["worktree", "remove", "--force", this.folder], { cwd: root });
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }
}

function succeed(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr, stdout } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new UsageError(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`);
}
