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
  const transforms = ["unroll-loops.mjs", "arrays-to-locals.mjs"].map((file) =>
    fileURLToPath(new URL(`../../../scripts/lib/${file}`, import.meta.url)),
  );
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
      "--enable",
      "simd",
      ...transforms.flatMap((file) => ["--transform", file]),
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

describe("small arrays in kernels", () => {
  test("elements are variables, zero at first, each time the block begins", async () => {
    const { complaints, call } = await compile(`export function f(n: i32): i32 {
      let all = 0;
      for (let i = 1; i <= n; i++) {
        const a = new StaticArray<i32>(3);
        for (const k of [0, 2]) a[k] += i * 10 + k;
        for (const k of [0, 1, 2]) all = all * 100 + a[k];
      }
      return all;
    }`);
    assert.equal(complaints, "");
    assert.equal(call(1), 100_012);
    assert.equal(call(2), (100_012 * 1e6 + 200_022) | 0);
  });

  test("two dimensions; sums and products of constants are indexes; vectors start as zeros", async () => {
    const { complaints, call } = await compile(`export function f(x: f32): f32 {
      const s = new StaticArray<StaticArray<v128>>(2);
      for (const r of [0, 1]) for (const c of [0, 1]) s[r][2 * c + r] = f32x4.add(s[r][2 * c + r], f32x4.splat(x + <f32>(r * 10 + c)));
      return f32x4.extract_lane(s[0][0], 0) * 1000 + f32x4.extract_lane(s[0][2], 1) * 100 +
        f32x4.extract_lane(s[1][1], 2) * 10 + f32x4.extract_lane(s[1][3 * 1], 3);
    }`);
    assert.equal(complaints, "");
    assert.equal(call(1), 1000 + 200 + 110 + 12);
  });

  test("an inlined function has its own each time", async () => {
    const { call } = await compile(`
      // @ts-ignore: decorator
      @inline
      function add(x: i32): i32 {
        const a = new StaticArray<i32>(1);
        a[0] += x;
        return a[0];
      }
      export function f(x: i32): i32 {
        return add(x) * 100 + add(x + 1);
      }`);
    assert.equal(call(7), 708);
  });

  test("the same name in another block is another array", async () => {
    const { call } = await compile(`export function f(x: i32): i32 {
      const a = new StaticArray<i32>(2);
      a[1] = x;
      {
        const a = new StaticArray<i32>(2);
        a[1] = 5;
      }
      return a[1];
    }`);
    assert.equal(call(9), 9);
  });

  const refused = {
    "an index that is known only later":
      "export function f(k: i32): i32 { const a = new StaticArray<i32>(2); return a[k]; }",
    "a parameter with the name of a constant outside":
      "const k = 1; export function f(k: i32): i32 { const a = new StaticArray<i32>(2); return a[k]; }",
    "an index behind the end": "export function f(): i32 { const a = new StaticArray<i32>(2); return a[2]; }",
    "an index before the beginning": "export function f(): i32 { const a = new StaticArray<i32>(2); return a[0 - 1]; }",
    "the array itself": "export function f(): i32 { const a = new StaticArray<i32>(2); return a.length; }",
  };
  for (const [what, source] of Object.entries(refused)) {
    test(`refused by the compiler: ${what}`, async () => {
      const { complaints } = await compile(source);
      assert.match(complaints, /ERROR.*Cannot find name 'a'/s);
    });
  }
});
