import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

interface Compiler {
  main(
    args: readonly string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: Uint8Array): void;
      listFiles(): readonly string[];
    },
  ): Promise<{ stderr: { toString(): string } }>;
}

// By a name that TypeScript does not see: the compiler's types declare arrays and numbers anew for everybody.
const name: string = "assemblyscript/asc";
const { main } = (await import(name)) as Compiler;

/** Compiles one function of AssemblyScript as kernels are compiled; what the compiler complained of, or the function. */
async function compile(source: string): Promise<{ complaints: string; call: (...args: number[]) => unknown }> {
  const transform = fileURLToPath(new URL("../../../scripts/lib/unroll-loops.mjs", import.meta.url));
  const files = new Map<string, Uint8Array>();
  const { stderr } = await main(
    [
      "f.ts",
      "--outFile",
      "f.wasm",
      "--runtime",
      "stub",
      "--initialMemory",
      "1",
      "--noColors",
      "--transform",
      transform,
    ],
    {
      readFile: (file) => (file === "f.ts" ? source : null),
      writeFile: (file, contents) => void files.set(file, contents),
      listFiles: () => [],
    },
  );
  const complaints = stderr.toString();
  const call = (...args: number[]): unknown => {
    const binary = files.get("f.wasm");
    assert.ok(binary, complaints);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(binary)));
    return (exports["f"] as (...args: number[]) => unknown)(...args);
  };
  return { complaints, call };
}

describe("loops over a list in kernels", () => {
  test("the body runs once for each element, which is a constant in it", async () => {
    // An offset of a load has to be a constant: the compiler rejects anything else.
    const { complaints, call } = await compile(`export function f(x: i32): i32 {
      for (const k of [0, 1, 2]) store<i32>(64, x + k, k * 4);
      return load<i32>(64) * 10000 + load<i32>(64, 4) * 100 + load<i32>(64, 8);
    }`);
    assert.equal(complaints, "");
    assert.equal(call(11), 111_213);
  });

  test("lists inside lists: each copy of the outer body has its own inner loop", async () => {
    const { call } = await compile(`export function f(): i32 {
      let sum = 0;
      for (const ten of [10, 20]) {
        for (const one of [1, 2, 3]) if (one * 10 <= ten) sum = sum * 100 + ten + one;
      }
      return sum;
    }`);
    assert.equal(call(), 112_122);
  });

  test("break leaves the loop around it", async () => {
    const { call } = await compile(`export function f(last: i32): i32 {
      let steps = 0;
      do {
        for (const k of [0, 1, 2, 3]) {
          steps++;
          if (steps == last) break;
        }
      } while (steps < 1000);
      return steps;
    }`);
    assert.equal(call(6), 6);
  });

  test("a loop over anything but a list is an error of the compiler", async () => {
    const { complaints } = await compile(`export function f(list: StaticArray<i32>): i32 {
      let sum = 0;
      for (const x of list) sum += x;
      return sum;
    }`);
    assert.match(complaints, /ERROR.*for.*of/is);
  });
});
