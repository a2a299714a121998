/**
 * What holds launches and kernels together: every record that the host writes is compared with the fields of the `Args`
 * class that the kernel reads, as the sources of the assembly declare it: names, order, and which of them are float32.
 */
import assert from "node:assert/strict";
import type { Launch, WasmKernel } from "../../src/backends/wasm/kernel.ts";
import type { OpName } from "../../src/compiler/plan.ts";
import type { KernelTable } from "../../src/backends/wasm/launches.ts";
import { builtin } from "../../src/backends/wasm/platform.ts";

/** The texts of the assembly's files, by name without `.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** What a kernel reads. */
export interface LaunchRecord {
  /** Its `Args` class. */
  readonly name: string;
  /** `x: usize`, in order. */
  readonly fields: readonly string[];
  /** Whether a list of integers follows, of which the last field says how long it is. */
  readonly isOpen: boolean;
}

/** The sources as Node.js finds them; undefined on a page, which has none. */
export function readSources(): Sources | undefined {
  const fs = builtin("node:fs");
  if (fs === undefined) return undefined;
  const folder = `${import.meta.dirname}/../../src/backends/wasm/assembly`;
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return new Map(files.map((file) => [file.slice(0, -3), fs.readFileSync(`${folder}/${file}`, "utf8")]));
}

/** The records of all kernels that the assembly exports. */
export function recordsOf(sources: Sources): ReadonlyMap<string, LaunchRecord> {
  const exports = [...textOf(sources, "index").matchAll(/^export \{([^}]*)\} from "\.\/(.+)";$/gm)];
  const kernels = exports.filter(([, , file]) => file !== "interpreter");
  return new Map(
    kernels.flatMap(([, names, file]) =>
      [...names!.matchAll(/\w+/g)].map(([kernel]) => [kernel, recordOf(sources, file!, kernel)] as const),
    ),
  );
}

/** A table whose kernels fail when a launch does not write what its kernel reads. */
export function checkRecords(table: KernelTable, records: ReadonlyMap<string, LaunchRecord>): KernelTable {
  const check = (kernel: WasmKernel<OpName>): WasmKernel<OpName> => ({
    ...kernel,
    launches(step, machine) {
      const launches = kernel.launches(step, machine);
      for (const launch of launches) assertRecord(launch, records.get(launch.kernel));
      return launches;
    },
  });
  const entries = Object.entries(table) as [OpName, WasmKernel<OpName>][];
  return Object.fromEntries(entries.map(([op, kernel]) => [op, check(kernel)])) as KernelTable;
}

export function assertRecord({ kernel, args }: Launch, record: LaunchRecord | undefined): void {
  assert.ok(record !== undefined, `no kernel "${kernel}" is exported`);
  const words = Object.entries(args);
  const fixed = record.isOpen ? words.slice(0, record.fields.length) : words;
  const isFloat = (field: string): boolean => field.endsWith(": f32");
  assert.deepEqual(
    fixed.map(([name, word]) => `${name}${typeof word === "object" ? ", float()" : ""}`),
    record.fields.map((field) => `${field.split(":")[0]}${isFloat(field) ? ", float()" : ""}`),
    `kernel "${kernel}": the launch's words, and the fields of ${record.name}`,
  );
  for (const [name, word] of words.slice(fixed.length)) {
    assert.equal(typeof word, "number", `kernel "${kernel}": "${name}" of the list behind ${record.name}`);
  }
}

function recordOf(sources: Sources, file: string, name: string): LaunchRecord {
  const body = find(
    sources,
    file,
    name,
    (it) => new RegExp(`(?<=^(?:export )?function ${it}\\b.*\\{\\n)[^]*?(?=\\n})`, "m"),
  );
  const used = /changetype<(\w+)>\(args\)/.exec(body.text)?.[1];
  if (used !== undefined) return { name: used, ...fieldsOf(sources, body.file, used) };
  // The loop that several kernels share: `map<Square>(args, task)`.
  const shared = /\b(\w+)(?:<[\w<>, ]*>)?\(args\b/.exec(body.text)?.[1];
  assert.ok(shared !== undefined, `kernel "${name}" in ${file}.ts reads no record`);
  return recordOf(sources, body.file, shared);
}

function fieldsOf(sources: Sources, file: string, name: string): Omit<LaunchRecord, "name"> {
  const found = find(sources, file, name, (it) => new RegExp(`^(?:export )?class ${it}\\b[^]*?\\n}`, "m"));
  const base = /^.*? extends (\w+)/.exec(found.text)?.[1];
  const inherited = base === undefined ? [] : fieldsOf(sources, found.file, base).fields;
  const own = [...found.text.matchAll(/^ {2}(\w+: \w+);$/gm)].map(([, field]) => field!);
  for (const field of own) assert.match(field, /: (usize|i32|u32|f32)$/, `${name}: fields have 32 bits`);
  const isOpen = [...sources.values()].some((text) => text.includes(`offsetof<${name}>()`));
  return { fields: [...inherited, ...own], isOpen };
}

/** A declaration of this file, or of the one that it is imported from. */
function find(
  sources: Sources,
  file: string,
  name: string,
  declaration: (name: string) => RegExp,
): { text: string; file: string } {
  const source = textOf(sources, file);
  const text = declaration(name).exec(source)?.[0];
  if (text !== undefined) return { text, file };
  const from = new RegExp(`^import \\{[^}]*\\b${name}\\b[^}]*\\} from "\\./(.+)";$`, "m").exec(source)?.[1];
  assert.ok(from !== undefined, `${name} is neither declared nor imported in ${file}.ts`);
  return find(sources, from, name, declaration);
}

function textOf(sources: Sources, file: string): string {
  const text = sources.get(file);
  assert.ok(text !== undefined, `the assembly has no ${file}.ts`);
  return text;
}
