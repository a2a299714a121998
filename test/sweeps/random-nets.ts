/**
 * Random networks in Millrace and in PyTorch, on the same weights: values, losses, gradients, and what two steps of
 * training leave. `npm run sweep:nets -- [--nets 300] [--seed 1]`; needs Python with PyTorch (PYTHON names one). Each net runs on the reference backend, and with one and with three threads, whose bits must be equal.
 *
 * PyTorch computes in float64 for the comparison, and once more in float32: where its own float32 is further off than the
 * bound (gradients that cancel, cells that a ReLU lets through by a hair), Millrace may be as far off; the report says so.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as tf from "../../src/index.ts";
import { assertSameBits } from "../support/compare.ts";
import { type Built, buildNet } from "./build-net.ts";
import type { Net } from "./net.ts";
import { mulberry32, randomNet } from "./random-net.ts";

/** Largest difference over largest absolute value, per tensor: what float32 has to reach, and what float64 can. */
const FLOAT32_BOUND = 1e-4;
const FLOAT64_BOUND = 1e-5;
/** A gradient this much smaller than the net's largest is compared relative to this part of the largest. */
const SMALL = 1e-4;
/** And one that is only rounding in float64 (a bias before a batch normalization), relative to this part of it. */
const ROUNDING = 1e-10;
const ROUNDING_SCALE = 0.1;
/**
 * How much further off than PyTorch's float32 a tensor beyond the bound may be. Both errors are draws of the same kind of
 * rounding, and a gradient that cancels to a few numbers has few of them: the larger is often some times the smaller. It
 * was 50 while batch normalization added up in float32 alone, which made errors 10 to 40 times PyTorch's.
 */
const AS_ROUNDED = 8;

const backends = [
  { name: "reference", backend: tf.reference(), bound: FLOAT64_BOUND },
  { name: "wasm, 1 thread", backend: tf.wasm({ threads: 1 }), bound: FLOAT32_BOUND },
  { name: "wasm, 3 threads", backend: tf.wasm({ threads: 3, inlineBytes: 0 }), bound: FLOAT32_BOUND },
];

interface Data {
  readonly input: tf.NDArray;
  readonly targets: tf.NDArray;
  readonly parameters: readonly tf.NDArray[];
}

/** What PyTorch computed of one tensor. */
interface Value {
  readonly name: string;
  /** In float64. */
  readonly data: ArrayLike<number>;
  /** In float32. */
  readonly rounded: ArrayLike<number>;
  /** What errors are relative to, when that is not the largest value. */
  readonly scale?: number;
}

function dataOf(net: Net): Data {
  const random = mulberry32(net.seed ^ 0x5eed);
  const uniform = (shape: readonly number[], low: number, high: number): tf.NDArray =>
    new tf.NDArray(
      "float32",
      shape,
      Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random()),
    );
  const [batch = 0, features = 0] = net.shapes.at(-1)!;
  const targets = uniform([batch, features], net.loss === "softmax" || net.loss === "sigmoid" ? 0 : -1, 1);
  if (net.loss === "softmax") {
    for (let row = 0; row < batch; row++) {
      const cells = targets.data.subarray(row * features, (row + 1) * features);
      let sum = 0;
      for (const cell of cells) sum += cell;
      for (let at = 0; at < features; at++) cells[at] = cells[at]! / sum;
    }
  }
  const labels = new tf.NDArray(
    "int32",
    [batch],
    Int32Array.from({ length: batch }, () => Math.floor(random() * features)),
  );
  return {
    input: uniform(net.input, -1.5, 1.5),
    targets: net.loss === "sparse" ? labels : targets,
    parameters: net.parameters.map(({ shape, low, high }) => uniform(shape, low, high)),
  };
}

function write(path: string, { input, targets, parameters }: Data): void {
  const parts = [input, targets, ...parameters].map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  writeFileSync(path, Buffer.concat(parts));
}

/** What PyTorch computed: values, loss, gradients, trained parameters. */
function read(path: string, net: Net): { values: Value[]; results: Value[]; trained: Value[] } {
  const bytes = readFileSync(path);
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let at = 0;
  const half = numbers.length / 2;
  const take = (name: string, shape: readonly number[]): Value => {
    const [begin, end] = [at, at + sizeOf(shape)];
    at = end;
    return { name, data: numbers.subarray(begin, end), rounded: numbers.subarray(half + begin, half + end) };
  };
  const values = net.shapes.map((shape, index) =>
    take(index === 0 ? "input" : `value ${index}, ${net.nodes[index - 1]!.op}`, shape),
  );
  const loss = take("loss", []);
  const trainable = [...net.parameters.keys()].filter((index) => net.parameters[index]!.trainable);
  const gradients = [
    take("gradient of the input", net.input),
    ...trainable.map((index) =>
      take(
        `gradient of parameter ${index}, [${net.parameters[index]!.shape.join(", ")}]`,
        net.parameters[index]!.shape,
      ),
    ),
  ];
  const largest = Math.max(...gradients.map(({ data }) => size(data)));
  const scaled = gradients.map((value) => {
    const part = size(value.data) < largest * ROUNDING ? ROUNDING_SCALE : SMALL;
    return { ...value, scale: Math.max(size(value.data), largest * part) };
  });
  const trained = net.parameters.map(({ shape }, index) =>
    take(`parameter ${index} after two steps of ${net.optimizer}`, shape),
  );
  if (at !== half) throw new Error(`${path}: ${numbers.length} numbers, expected ${2 * at}`);
  return { values, results: [{ ...values.at(-1)!, name: "output" }, loss, ...scaled], trained };
}

/** Last value, loss, gradients; then parameters after two steps; then all values. */
async function compute(built: Built, { input, targets }: Data, backend: tf.Backend): Promise<tf.NDArray[]> {
  await using session = new tf.Session({ graph: built.graph, backend });
  const feeds: tf.Feeds = [
    [built.input, input],
    [built.targets, targets],
  ];
  await session.run(built.initialize);
  const results: tf.NDArray[] = await session.run([built.values.at(-1)!, built.loss, ...built.gradients], feeds);
  const values: tf.NDArray[] = await session.run(built.values, feeds);
  for (let step = 0; step < 2; step++) await session.run(built.train, feeds);
  const trained: tf.NDArray[] = await session.run(built.parameters);
  return [...results, ...trained, ...values];
}

/** Relative error. */
function errorOf(actual: ArrayLike<number>, { data, scale = size(data) }: Value): number {
  if (actual.length !== data.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let at = 0; at < data.length; at++) {
    const difference = Math.abs(actual[at]! - data[at]!);
    if (!(difference <= worst)) worst = difference;
  }
  return worst === 0 ? 0 : worst / scale;
}

function size(data: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) largest = Math.max(largest, Math.abs(data[at]!));
  return largest;
}

/** A trained parameter is compared relative to how far it moved, as well as float32 can tell. */
function moved(expected: Value, start: ArrayLike<number>): Value {
  const way = Float64Array.from(expected.data, (value, at) => value - start[at]!);
  return { ...expected, scale: Math.max(size(way), 0.01 * size(expected.data)) };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

class Report {
  readonly #covered = new Map<string, number>();
  readonly #worst = new Map<string, { error: number; where: string }>();
  readonly failures: string[] = [];
  /** Beyond the bound, as PyTorch's float32 is. */
  readonly excused: string[] = [];

  cover({ nodes, loss, optimizer, decay, input, large }: Net): void {
    const count = (what: string): unknown => this.#covered.set(what, (this.#covered.get(what) ?? 0) + 1);
    for (const node of nodes) {
      count(node.op === "activate" ? node.kind : node.op);
      if ("padding" in node) count(typeof node.padding === "string" ? node.padding : "explicit padding");
      if ("strides" in node && node.strides.some((stride) => stride > 1)) count("strides");
      if ("dilations" in node && node.dilations.some((dilation) => dilation > 1)) count("dilations");
      if ("groups" in node && node.groups > 1) count("groups");
      if (node.op === "batchNorm") count(node.training ? "batchNorm training" : "batchNorm inference");
      if (node.op === "maxPool" && node.kernel.some((cells, axis) => cells > node.strides[axis]!))
        count("overlapping maxPool");
    }
    count(`loss ${loss}`);
    count(`optimizer ${optimizer}`);
    count(`batch ${input[0]}`);
    if (large) count("large");
    if (decay > 0) count("weight decay");
  }

  check(
    net: Net,
    { name: backend, bound }: { name: string; bound: number },
    value: Value,
    actual: ArrayLike<number>,
  ): void {
    const { name } = value;
    const error = errorOf(actual, value);
    const kind = `${backend}: ${name.split(/[ ,]/)[0]}`;
    if (error <= bound) {
      if (error > (this.#worst.get(kind)?.error ?? -1))
        this.#worst.set(kind, { error, where: `seed ${net.seed}, ${name}` });
      return;
    }
    const roundedError = errorOf(value.rounded, value);
    const line = `seed ${net.seed}, ${backend}: ${name}: relative error ${error.toExponential(1)}, PyTorch's float32 ${roundedError.toExponential(1)}`;
    if (bound === FLOAT32_BOUND && error <= AS_ROUNDED * roundedError) this.excused.push(line);
    else this.failures.push(line);
  }

  print(): void {
    console.log(
      [...this.#covered]
        .sort(byName)
        .map(([what, times]) => `${what} ${times}`)
        .join(", "),
    );
    console.log("\nlargest relative errors");
    for (const [kind, { error, where }] of [...this.#worst].sort(byName))
      console.log(`  ${kind.padEnd(28)} ${error.toExponential(1)}  (${where})`);
    for (const line of this.excused) console.log(`ill-conditioned ${line}`);
    for (const failure of this.failures) console.log(`FAILED ${failure}`);
  }
}

async function check(net: Net, data: Data, path: string, report: Report): Promise<void> {
  const expected = read(path, net);
  const built = buildNet(net, data.parameters);
  let bits: tf.NDArray[] | null = null;
  for (const tested of backends) {
    const { name, backend } = tested;
    if (net.large && name === "reference") continue;
    const all = await compute(built, data, backend);
    const trainedFrom = expected.results.length;
    const valuesFrom = trainedFrom + net.parameters.length;
    // In this order: the first failure is the first value that is wrong.
    for (const [at, value] of expected.values.entries()) report.check(net, tested, value, all[valuesFrom + at]!.data);
    for (const [at, value] of expected.results.entries()) report.check(net, tested, value, all[at]!.data);
    for (const [at, value] of expected.trained.entries()) {
      report.check(net, tested, moved(value, data.parameters[at]!.data), all[trainedFrom + at]!.data);
    }
    if (name === "reference") continue;
    bits ??= all;
    assertSameBits(all, bits, `seed ${net.seed}: ${name} against one thread`);
  }
}

/** One that has PyTorch: a python3 of the user's own may hide the system's. */
function findPython(): string {
  const { PYTHON } = process.env;
  const pythons = PYTHON === undefined ? ["python3", "/usr/bin/python3"] : [PYTHON];
  const found = pythons.find((python) => spawnSync(python, ["-c", "import torch"]).status === 0);
  if (found === undefined)
    throw new Error(`${pythons.join(", ")}: no PyTorch; install Debian's python3-torch or set PYTHON`);
  return found;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      nets: { type: "string", default: "300" },
      seed: { type: "string", default: "1" },
      show: { type: "boolean", default: false },
    },
  });
  const nets = Array.from({ length: Number(values.nets) }, (_, index) => randomNet(Number(values.seed) + index));
  if (values.show) console.log(JSON.stringify(nets[0], null, 1));
  const folder = mkdtempSync(join(tmpdir(), "millrace-nets-"));
  try {
    const data = nets.map(dataOf);
    writeFileSync(join(folder, "nets.json"), JSON.stringify(nets));
    for (const [index, each] of data.entries()) write(join(folder, `${index}.f32`), each);
    const script = fileURLToPath(new URL("random_nets.py", import.meta.url));
    const { status } = spawnSync(findPython(), [script, folder], { stdio: "inherit" });
    if (status !== 0) throw new Error(`${script}: exit code ${status}`);
    const report = new Report();
    for (const [index, net] of nets.entries()) {
      report.cover(net);
      try {
        await check(net, data[index]!, join(folder, `${index}.f64`), report);
      } catch (error) {
        report.failures.push(`seed ${net.seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    console.log(
      `${nets.length} nets, seeds ${nets[0]?.seed} to ${nets.at(-1)?.seed}: ${new Set(report.failures.map((text) => text.split(/[:,]/)[0])).size} failed\n`,
    );
    report.print();
    if (report.failures.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
    for (const { backend } of backends) await backend.close();
  }
}

await main();
