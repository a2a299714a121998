import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { fromNested, NDArray, type NestedArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { architectures } from "../../src/models/architectures.ts";
import type { Architecture } from "../../src/models/architecture.ts";
import { buildFeatures } from "../../src/models/build-features.ts";
import { constant } from "../../src/ops/constant.ts";
import { l2Loss } from "../../src/ops/l2-loss.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import type { Backend } from "../../src/runtime/backend.ts";
import { Session } from "../../src/runtime/session.ts";
import golden from "../golden/nets.json" with { type: "json" };
import { hashedUniform } from "../golden/hashed-numbers.ts";
import { referenceBackend, testedBackends } from "./backends.ts";
import { assertSameBits } from "./compare.ts";

/** What nets.py says of one network. */
interface GoldenNet {
  readonly name: string;
  readonly images: readonly number[];
  readonly pool5: NestedArray;
  readonly gradients: readonly {
    readonly shape: readonly number[];
    readonly norm: number;
    readonly products: readonly number[];
  }[];
}

/** A network's convolutional part and its gradients, with every parameter fed. */
interface Net {
  readonly graph: Graph;
  readonly pool5: Tensor;
  readonly loss: Tensor;
  readonly parameters: readonly Tensor[];
  readonly gradients: readonly Tensor[];
  /** Images and parameters, filled as nets.py fills them. */
  readonly feeds: ReadonlyMap<Tensor, NDArray>;
}

/** What the issue allows between Millrace and PyTorch on the same weights. */
const FLOAT32_RTOL = 1e-4;
/** The reference computes in float64, as the script does; the file has ten digits. */
const FLOAT64_RTOL = 1e-9;

/** Forward values and parameter gradients of a network at reduced size, against PyTorch and finite differences. */
export function testNet(name: "alexnet" | "vgg16"): void {
  const expected: GoldenNet | undefined = golden.find((net) => net.name === name);
  assert.ok(expected !== undefined);
  describe(`${name} at reduced size`, () => {
    const net = build(architectures[name], expected.images);

    test("reference: values and gradients are PyTorch's", async () => {
      assertGolden(await run(net, referenceBackend), expected, FLOAT64_RTOL);
    });

    test("reference: the loss changes along a direction as the gradients say", () => checkDifferences(net));

    test("wasm: values and gradients are PyTorch's, the same bits with any number of threads", async () => {
      let first: NDArray[] | null = null;
      for (const { name: backendName, backend } of testedBackends) {
        const results = await run(net, backend);
        assertGolden(results, expected, FLOAT32_RTOL);
        first ??= results;
        assertSameBits(results, first, backendName);
      }
    });
  });
}

/** Divides the channels by 8, as nets.py does, so that the float64 loops of the reference take a second. */
function reduced(architecture: Architecture): Architecture {
  const features = architecture.features.map((layer) =>
    layer.kind === "conv" ? { ...layer, outChannels: layer.outChannels / 8 } : layer,
  );
  return { ...architecture, features };
}

function build(architecture: Architecture, shape: readonly number[]): Net {
  const graph = new Graph();
  return graph.asDefault(() => {
    const images = placeholder("float32", shape);
    const { normalization } = architecture;
    const features = buildFeatures(images, reduced(architecture), {
      normalization,
      training: false,
      initializer: (kernel) => constant(0, { shape: kernel }),
    });
    const loss = l2Loss(features.output);
    const { parameters } = features;
    const feeds = new Map<Tensor, NDArray>([[images, hashedUniform(shape, 0, 60)]]);
    for (const [index, parameter] of parameters.entries())
      feeds.set(parameter, parameterValue(parameter.shape as number[], index));
    const present = gradients(loss, parameters).filter((gradient) => gradient !== null);
    assert.equal(present.length, parameters.length);
    return { graph, pool5: features.output, loss, parameters, gradients: present, feeds };
  });
}

function parameterValue(shape: readonly number[], index: number): NDArray {
  const fanIn = shape.slice(0, -1).reduce((product, dimension) => product * dimension, 1);
  return hashedUniform(shape, index + 1, shape.length === 4 ? Math.sqrt(6 / fanIn) : 1);
}

/** pool5, then the gradients. */
async function run({ graph, pool5, gradients: wanted, feeds }: Net, backend: Backend): Promise<NDArray[]> {
  await using session = new Session({ graph, backend });
  return await session.run([pool5, ...wanted], feeds);
}

function assertGolden([pool5, ...computed]: readonly NDArray[], expected: GoldenNet, rtol: number): void {
  const wanted = fromNested(expected.pool5, "float32");
  assert.deepEqual(pool5!.shape, wanted.shape);
  const error = norm(pool5!.data.map((value, index) => value - wanted.data[index]!)) / norm(wanted.data);
  // Float32Array holds seven of the file's ten digits.
  assert.ok(error <= Math.max(rtol, 1e-7), `pool5: relative error ${error}`);
  for (const [index, gradient] of expected.gradients.entries()) {
    const what = `gradient of parameter ${index}, [${gradient.shape.join(", ")}]`;
    const { shape, data } = computed[index]!;
    assert.deepEqual(shape, gradient.shape, what);
    assertNear(norm(data), gradient.norm, rtol * gradient.norm, `${what}: norm`);
    for (const [which, product] of gradient.products.entries()) {
      const direction = hashedUniform(shape, 1001 + which);
      // The norm of the component along a random direction is what an error is to be small against.
      const scale = (gradient.norm * norm(direction.data)) / Math.sqrt(data.length);
      assertNear(dot(data, direction.data), product, rtol * scale, `${what}: product with direction ${which}`);
    }
  }
}

/** (L(p + hv) - L(p - hv)) / 2h against <dL/dp, v>, for one direction through all parameters at once. */
async function checkDifferences({ graph, loss, parameters, gradients: wanted, feeds }: Net): Promise<void> {
  const step = 1e-7;
  await using session = new Session({ graph, backend: referenceBackend });
  const directions = parameters.map((parameter, index) => parameterValue(parameter.shape as number[], 100 + index));
  const lossAt = async (distance: number): Promise<number> => {
    const moved = new Map(feeds);
    for (const [index, parameter] of parameters.entries()) {
      const data = Float64Array.from(
        feeds.get(parameter)!.data,
        (value, at) => value + distance * directions[index]!.data[at]!,
      );
      moved.set(parameter, new NDArray("float32", directions[index]!.shape, data));
    }
    return (await session.run(loss, moved)).item();
  };
  const measured = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
  const results: NDArray[] = await session.run(wanted, feeds);
  const claimed = results.reduce((sum, { data }, index) => sum + dot(data, directions[index]!.data), 0);
  assertNear(measured, claimed, 1e-5 * Math.abs(claimed), "change of the loss");
}

function assertNear(actual: number, expected: number, bound: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= bound,
    `${what} is ${actual}, expected ${expected}, allowed difference ${bound}`,
  );
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}
