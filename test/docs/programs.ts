import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const root: string = dirname(dirname(import.meta.dirname));

const FLAGS = ["--enable-source-maps", "-C", "millrace-source"];
const TIMEOUT_MS = 60_000;

/** What a process wrote to standard output; with `failing`, also of one that ended in an error. */
function run(words: readonly string[], cwd: string, { failing = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { cwd, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      if (error === null || (failing && typeof error.code === "number")) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}${stderr}`));
    });
  });
}

/** Runs `millrace ARGS` from sources. */
export function runCommand(words: readonly string[]): Promise<string> {
  return run([...FLAGS, "cli/main.ts", ...words], root);
}

/**
 * A project as a user has it, outside of the repository, with `millrace` as a dependency: each document is a folder, each
 * of its programs a file in it.
 */
export class UserProject {
  readonly #folder: string = realpathSync(mkdtempSync(join(tmpdir(), "millrace-documents-")));
  #diagnostics: Promise<string> | null = null;
  #copies = 0;

  constructor() {
    mkdirSync(join(this.#folder, "node_modules"));
    symlinkSync(root, join(this.#folder, "node_modules", "millrace"), "junction");
    // Programs that look inside import "#src/...".
    symlinkSync(join(root, "src"), join(this.#folder, "src"), "junction");
    writeFileSync(join(this.#folder, "package.json"), '{ "type": "module", "imports": { "#src/*": "./src/*" } }\n');
    this.#writeConfig(this.#folder, ["*/*.ts"]);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Adds a program, before any of them is checked. */
  add(folder: string, file: string, code: string): void {
    mkdirSync(join(this.#folder, folder), { recursive: true });
    writeFileSync(join(this.#folder, folder, file), code);
  }

  /** What a program prints. */
  run(folder: string, file: string): Promise<string> {
    return run([...FLAGS, file], join(this.#folder, folder));
  }

  /** What the type checker says of a program; of all programs it is asked once. */
  async typeErrors(folder: string, file: string): Promise<string> {
    this.#diagnostics ??= this.#check(this.#folder);
    const start = `${folder}/${file}`;
    let isMine = false;
    const lines = (await this.#diagnostics).split("\n").filter((line) => {
      // A message goes on in the lines below it that are indented.
      if (!line.startsWith(" ")) isMine = line.startsWith(`${start}:`);
      return isMine;
    });
    return lines.map((line) => line.replace(start, file)).join("\n");
  }

  /** What the type checker says of the repository's sources when every line of `file` that has the word `name` is gone. */
  async typeErrorsWithout(file: string, name: string): Promise<string> {
    const copy = join(this.#folder, "node_modules", `sources-${this.#copies++}`);
    const kept = (source: string): boolean => !source.endsWith("binaries") && !source.endsWith("assembly");
    cpSync(join(root, "src"), join(copy, "src"), { recursive: true, filter: kept });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    writeFileSync(join(copy, file), lines.filter((line) => !new RegExp(`\\b${name}\\b`).test(line)).join("\n"));
    this.#writeConfig(copy, ["src"]);
    return this.#check(copy);
  }

  #writeConfig(folder: string, include: readonly string[]): void {
    const compilerOptions = {
      typeRoots: [join(root, "node_modules", "@types")],
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      // Not by the link, or every class would be there twice.
      paths: folder === this.#folder ? { "#src/*": [join(root, "src", "*")] } : {},
    };
    // "src" of the user's project is a link to the sources, which are no program of a document.
    const exclude = folder === this.#folder ? ["src", "node_modules"] : [];
    const config = { extends: join(root, "tsconfig.json"), include, exclude, compilerOptions };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  }

  /** Messages without line numbers. */
  async #check(folder: string): Promise<string> {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const messages = await run([tsc, "--project", "tsconfig.json", "--pretty", "false"], folder, { failing: true });
    return messages.replaceAll(/^(\S+)\(\d+,\d+\)/gm, "$1");
  }
}
