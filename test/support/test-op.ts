import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DType } from "../../src/core/dtype.ts";
import { fromNested, type NDArray, type NestedArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, type TestedBackend, testedBackends } from "./backends.ts";
import { type Build, type Inputs, OpCheck, type Options } from "./check-op.ts";
import { assertClose, ELEMENTWISE, type Tolerance } from "./compare.ts";
import { type InputLike, makeInput } from "./inputs.ts";

export { booleans, distinct, integers, normal, positive, uniform, values } from "./inputs.ts";

/** Inputs of a case by name; `$options` goes to `build`. */
export type Case = { readonly $options?: Options } & { readonly [input: string]: InputLike | Options | undefined };

/** A left-out check states its reason. */
export interface Without {
  readonly none: string;
}

export interface Golden {
  readonly inputs: Inputs<NestedArray | NDArray>;
  readonly options?: Options;
  /** One nested list for each output. */
  readonly outputs: readonly NestedArray[];
  readonly tolerance?: Tolerance;
  /** The script that printed the numbers. */
  readonly from: string;
}

export interface Rejected {
  readonly inputs: Inputs<InputLike>;
  readonly options?: Options;
  // Any class of error.
  readonly error: new (...parameters: never[]) => Error;
  readonly message?: RegExp;
}

export interface OpSpec {
  /** Builds the op from placeholders; returns its outputs. */
  readonly build: Build;
  readonly cases: Readonly<Record<string, Case>>;
  /** Which float32 inputs to differentiate: all (default), some, or none with the reason. */
  readonly gradient?: true | readonly string[] | Without;
  readonly tolerance?: Tolerance;
  readonly golden?: readonly Golden[];
  readonly properties?: readonly ((result: { inputs: Inputs<NDArray>; outputs: readonly NDArray[] }) => void)[];
  readonly rejects?: Readonly<Record<string, Rejected>>;
  readonly nonFinite?: true | Without;
}

/**
 * Everything an op owes: agreement with the float64 reference on every backend and number of threads, the same bits
 * each time, gradients that match finite differences, NaN and infinity kept, golden values, properties, refusals.
 */
export function testOp(name: string, spec: OpSpec): void {
  describe(name, () => {
    for (const [title, { $options = {}, ...inputs }] of Object.entries(spec.cases)) {
      test(title, () => checkCase(spec, inputs as Inputs<InputLike>, $options));
    }
    for (const golden of spec.golden ?? []) {
      test(`golden values of ${golden.from} ${describeOptions(golden)}`, () => checkGolden(spec, golden));
    }
    for (const [title, rejected] of Object.entries(spec.rejects ?? {})) {
      test(`rejects ${title}`, () => checkRejected(spec, rejected));
    }
  });
}

/** One case of a spec; exported so that the tests of the tests can plant errors. */
export async function checkCase(
  spec: OpSpec,
  inputs: Inputs<InputLike>,
  options: Options,
  backends?: readonly TestedBackend[],
): Promise<void> {
  const check = new OpCheck(spec.build, inputs, options, spec.tolerance, backends);
  const result = await check.forward();
  for (const property of spec.properties ?? []) property(result);
  if (spec.nonFinite === undefined || spec.nonFinite === true) await check.nonFinite();
  const gradient = spec.gradient ?? true;
  if (gradient === true) await check.gradient();
  else if (!("none" in gradient)) await check.gradient(gradient);
}

async function checkGolden(spec: OpSpec, golden: Golden): Promise<void> {
  const graph = new Graph();
  const arrays = Object.entries(golden.inputs).map(([name, value]) => [name, toArray(value)] as const);
  const [feeds, fetches] = graph.asDefault(() => {
    const placeholders = arrays.map(([name, { dtype, shape }]) => [name, placeholder(dtype, shape, { name })] as const);
    const built = spec.build(Object.fromEntries(placeholders), golden.options ?? {});
    const pairs = placeholders.map(([, tensor], index) => [tensor, arrays[index]![1]] as const);
    return [pairs, "op" in built ? [built] : built] as const;
  });
  for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
    await using session = new Session({ graph, backend });
    const outputs: NDArray[] = await session.run(fetches, feeds);
    assert.equal(outputs.length, golden.outputs.length, "number of outputs");
    for (const [index, expected] of golden.outputs.entries()) {
      const dtype: DType = outputs[index]!.dtype;
      assertClose(
        outputs[index]!,
        fromNested(expected, dtype),
        golden.tolerance ?? spec.tolerance ?? ELEMENTWISE,
        `${name}: output ${index}`,
      );
    }
  }
}

function checkRejected(spec: OpSpec, { inputs, options = {}, error, message }: Rejected): void {
  new Graph().asDefault(() => {
    const placeholders = Object.fromEntries(
      Object.entries(inputs).map(([name, input], index) => {
        const { dtype, shape } = makeInput(input, index);
        return [name, placeholder(dtype, shape, { name })];
      }),
    );
    assert.throws(
      () => spec.build(placeholders, options),
      (thrown) => {
        assert.ok(thrown instanceof error, `expected ${error.name}, got ${String(thrown)}`);
        if (message !== undefined) assert.match(thrown.message, message);
        return true;
      },
    );
  });
}

function toArray(value: NestedArray | NDArray): NDArray {
  return typeof value === "object" && "dtype" in value ? value : fromNested(value, "float32");
}

function describeOptions({ options }: Golden): string {
  return options === undefined ? "" : JSON.stringify(options);
}
