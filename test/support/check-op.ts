import assert from "node:assert/strict";
import { gradients } from "../../src/autodiff/gradients.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import type { Backend } from "../../src/runtime/backend.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, type TestedBackend, testedBackends } from "./backends.ts";
import { assertClose, assertSameBits, ELEMENTWISE, type Tolerance } from "./compare.ts";
import { type InputLike, makeInput, normal } from "./inputs.ts";

/** Options handed to `build`, whatever the op takes. */
export type Options = Readonly<Record<string, unknown>>;
export type Inputs<T> = Readonly<Record<string, T>>;
// The op under test takes its own option types; a test's options are data.
// oxlint-disable-next-line typescript/no-explicit-any
export type Build = (inputs: any, options: any) => Tensor | readonly Tensor[];

/** Step of the central difference: error of order h squared, rounding of order 1e-16 / h. */
const STEP = 1e-5;
/** Gradients against directional finite differences on the reference, in float64. */
const GRADIENT_RTOL = 1e-5;

/** A claim: the gradients of sum(weights * of), by the inputs' names. */
interface Slope {
  readonly of: readonly Tensor[];
  readonly weights: readonly NDArray[];
  readonly inputs: Inputs<NDArray>;
  readonly claimed: Inputs<NDArray>;
}

/** One op, one case: builds it, runs it everywhere, compares. Throws an AssertionError at the first difference. */
export class OpCheck {
  readonly #graph = new Graph();
  readonly #placeholders: Inputs<Tensor>;
  readonly #inputs: Inputs<NDArray>;
  readonly #outputs: readonly Tensor[];
  readonly #tolerance: Tolerance;
  readonly #backends: readonly TestedBackend[];

  constructor(
    build: Build,
    inputs: Inputs<InputLike>,
    options: Options,
    tolerance: Tolerance = ELEMENTWISE,
    backends: readonly TestedBackend[] = testedBackends,
  ) {
    this.#backends = backends;
    this.#inputs = Object.fromEntries(
      Object.entries(inputs).map(([name, input], index) => [name, makeInput(input, index + 1)]),
    );
    this.#tolerance = tolerance;
    [this.#placeholders, this.#outputs] = this.#graph.asDefault(() => {
      const placeholders = Object.fromEntries(
        Object.entries(this.#inputs).map(([name, { dtype, shape }]) => [name, placeholder(dtype, shape, { name })]),
      );
      const built = build(placeholders, options);
      return [placeholders, "op" in built ? [built] : built] as const;
    });
  }

  /** Results against the reference on every backend, twice, with the same bits whatever the number of threads. */
  async forward(): Promise<{ inputs: Inputs<NDArray>; outputs: readonly NDArray[] }> {
    const expected = await this.#run(referenceBackend, this.#outputs, this.#inputs);
    await this.#compare(this.#outputs, this.#inputs, expected, "output");
    return { inputs: this.#inputs, outputs: expected };
  }

  /** The same with NaN, infinities and negative zero among the values of every float32 input. */
  async nonFinite(): Promise<void> {
    const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1];
    const inputs = Object.fromEntries(
      Object.entries(this.#inputs).map(([name, array], which) => {
        if (array.dtype !== "float32") return [name, array];
        const data = Float32Array.from(array.data, (value, index) => specials[(index * 7 + which * 3) % 11] ?? value);
        return [name, new NDArray("float32", array.shape, data)];
      }),
    );
    const expected = await this.#run(referenceBackend, this.#outputs, inputs);
    await this.#compare(this.#outputs, inputs, expected, "output for NaN and infinity");
  }

  /** Gradients against finite differences on the reference, and on every backend against the reference. */
  async gradient(names?: readonly string[]): Promise<void> {
    const wanted = names ?? Object.keys(this.#inputs).filter((name) => this.#inputs[name]!.dtype === "float32");
    const ys = this.#outputs.filter((output) => output.dtype === "float32");
    const { cotangents, cotangentArrays } = await this.#cotangents(ys, this.#inputs);
    const grads = gradients(
      ys,
      wanted.map((name) => this.#placeholders[name]!),
      { gradYs: cotangents },
    );
    const present = grads.map((gradient, index) => {
      assert.ok(gradient !== null, `no gradient for input "${wanted[index]}"`);
      return gradient;
    });
    const inputs = { ...this.#inputs, ...cotangentArrays };
    const expected = await this.#run(referenceBackend, present, inputs);
    const weights = Object.values(cotangentArrays);
    for (const [index, name] of wanted.entries()) {
      const gradient = expected[index]!;
      assert.deepEqual(gradient.shape, this.#inputs[name]!.shape, `gradient of "${name}": shape`);
      await this.#slope(`gradient of "${name}"`, { of: ys, weights, inputs, claimed: { [name]: gradient } });
    }
    await this.#compare(present, inputs, expected, `gradient of ${wanted.join(", ")}`);
    // The op's own, whatever computes it: once is enough.
    if (this.#backends === testedBackends)
      await this.#secondDerivatives(present, [...wanted, ...Object.keys(cotangentArrays)], inputs);
  }

  /** The gradients of gradients, along a direction of all inputs and cotangents at once; on the reference only. */
  async #secondDerivatives(
    firsts: readonly Tensor[],
    names: readonly string[],
    inputs: Inputs<NDArray>,
  ): Promise<void> {
    const { cotangents, cotangentArrays } = await this.#cotangents(firsts, inputs);
    const seconds = gradients(
      firsts,
      names.map((name) => this.#tensor(name)),
      { gradYs: cotangents },
    );
    // What the first ones do not depend on has none.
    const [present, found] = [names.filter((_, index) => seconds[index]), seconds.filter((second) => second !== null)];
    const all = { ...inputs, ...cotangentArrays };
    const expected = await this.#run(referenceBackend, found, all);
    const zeros = names.map((name) => {
      const { shape, data } = inputs[name]!;
      return new NDArray("float32", shape, new Float64Array(data.length));
    });
    const claimed = { ...zip(names, zeros), ...zip(present, expected) };
    await this.#slope("second derivative", {
      of: firsts,
      weights: Object.values(cotangentArrays),
      inputs: all,
      claimed,
    });
  }

  async #compare(
    fetches: readonly Tensor[],
    inputs: Inputs<NDArray>,
    expected: readonly NDArray[],
    what: string,
  ): Promise<void> {
    let first: readonly NDArray[] | null = null;
    for (const { name, backend } of this.#backends) {
      const actual = await this.#run(backend, fetches, inputs);
      for (const [index, array] of actual.entries()) {
        assertClose(array, expected[index]!, this.#tolerance, `${name}: ${what} ${index}`);
      }
      assertSameBits(await this.#run(backend, fetches, inputs), actual, `${name}: ${what}, run again`);
      if (first === null) first = actual;
      else assertSameBits(actual, first, `${name} against one thread: ${what}`);
    }
  }

  /**
   * <dL/dx, v> against (L(x + hv) - L(x - hv)) / 2h for a random direction v of all x that have a claimed gradient,
   * where L = sum of weights times y.
   */
  async #slope(what: string, { of: ys, weights, inputs, claimed }: Slope): Promise<void> {
    const names = Object.keys(claimed);
    const directions = names.map((name, which) => makeInput(normal(inputs[name]!.shape), 1000 + which));
    const at = async (step: number): Promise<number> => {
      const moved = names.map((name, which) => {
        const data = Float64Array.from(inputs[name]!.data, (x, index) => x + step * directions[which]!.data[index]!);
        return new NDArray("float32", inputs[name]!.shape, data);
      });
      const outputs = await this.#run(referenceBackend, ys, { ...inputs, ...zip(names, moved) });
      return outputs.reduce((sum, y, index) => sum + dot(y.data, weights[index]!.data), 0);
    };
    const [ahead, behind] = [await at(STEP), await at(-STEP)];
    const measured = (ahead - behind) / (2 * STEP);
    const products = names.map((name, which) => [claimed[name]!.data, directions[which]!.data] as const);
    const claim = products.reduce((sum, [gradient, direction]) => sum + dot(gradient, direction), 0);
    const size = Math.hypot(...products.map(([gradient, direction]) => magnitude(gradient, direction)));
    const scale = Math.max(Math.abs(measured), Math.abs(claim), size);
    assert.ok(
      Math.abs(measured - claim) <= GRADIENT_RTOL * scale + 1e-9,
      `${what}: along a random direction it claims ${claim}, finite differences say ${measured}`,
    );
  }

  /** A random weight for every element of every output, fed so that runs can repeat it. */
  async #cotangents(
    ys: readonly Tensor[],
    inputs: Inputs<NDArray>,
  ): Promise<{ cotangents: Tensor[]; cotangentArrays: Inputs<NDArray> }> {
    const outputs = await this.#run(referenceBackend, ys, inputs);
    const arrays = outputs.map(({ shape }, index) => makeInput(normal(shape), 500 + index));
    const cotangents = this.#graph.asDefault(() =>
      arrays.map(({ shape }, index) => placeholder("float32", shape, { name: `cotangent${index}` })),
    );
    return {
      cotangents,
      cotangentArrays: zip(
        cotangents.map(({ op }) => op.name),
        arrays,
      ),
    };
  }

  #tensor(name: string): Tensor {
    return this.#placeholders[name] ?? this.#graph.getTensorByName(name);
  }

  async #run(backend: Backend, fetches: readonly Tensor[], inputs: Inputs<NDArray>): Promise<NDArray[]> {
    await using session = new Session({ graph: this.#graph, backend });
    const feeds = Object.entries(inputs).map(([name, array]) => [this.#tensor(name), array] as const);
    return await session.run(fetches, feeds);
  }
}

function zip<T>(names: readonly string[], list: readonly T[]): Inputs<T> {
  return Object.fromEntries(names.map((name, index) => [name, list[index]!]));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

/** The size that rounding is relative to: terms of the sum may cancel. */
function magnitude(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! * b[index]!) ** 2;
  return Math.sqrt(sum);
}
