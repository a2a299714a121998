import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { reference } from "../../src/backends/reference/index.ts";
import { compile } from "../../src/compiler/compile.ts";
import type { Feature } from "../../src/compiler/request.ts";
import type { CompileTarget } from "../../src/compiler/plan.ts";
import type { HostData } from "../../src/core/dtype.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Operation } from "../../src/graph/operation.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Variable } from "../../src/ops/variable.ts";
import {
  assignSub,
  biasAdd,
  constant,
  conv2d,
  group,
  l2Loss,
  matmul,
  maxPool,
  mul,
  placeholder,
  relu,
  reshape,
  variable,
} from "../../src/ops/index.ts";

const PASSES: readonly Feature[] = [
  "mergeTwins",
  "maskPooled",
  "fuse",
  "hoistConstants",
  "schedule",
  "assignDirectly",
  "inPlace",
  "shareMemory",
];

const target: CompileTarget = {
  name: "fused reference",
  workspaceBytes: () => 0,
  fusions: new Set(["FusedConv2D", "FusedConv2DBackpropInput", "FusedConv2DMaxPool", "FusedMatMul"]),
};

/** Two convolutions, a pool and a dense layer, and a step of gradient descent on all six parameters. */
function network(): { graph: Graph; images: Tensor; parameters: readonly Variable[]; loss: Tensor; train: Operation } {
  const graph = new Graph();
  return graph.asDefault(() => {
    const images = placeholder("float32", [null, 6, 6, 2]);
    const made = (shape: readonly number[], seed: number): Variable => variable(pattern(shape, seed));
    const [f1, b1] = [made([3, 3, 2, 4], 0), made([4], 1)];
    const [f2, b2] = [made([3, 3, 4, 3], 2), made([3], 3)];
    const [w, b] = [made([27, 5], 4), made([5], 5)];
    const parameters = [f1, b1, f2, b2, w, b];
    const conv1: Tensor = relu(biasAdd(conv2d(images, f1, { padding: "SAME" }), b1));
    const pool: Tensor = maxPool(conv1, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" });
    const conv2: Tensor = relu(biasAdd(conv2d(pool, f2, { padding: "SAME" }), b2));
    const loss: Tensor = l2Loss(relu(biasAdd(matmul(reshape(conv2, [-1, 27]), w), b)));
    const steps = gradients(loss, parameters).map((gradient, index) =>
      assignSub(parameters[index]!, mul(gradient!, 1e-5)),
    );
    return { graph, images, parameters, loss, train: group(...steps) };
  });
}

/** Numbers around zero without a simple rule, the same every time. */
function pattern(shape: readonly number[], seed: number): Tensor {
  const data = Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) =>
    Math.sin(12.9898 * i + seed),
  );
  return reshape(constant(data), shape);
}

async function losses(without: readonly Feature[]): Promise<(HostData | null)[]> {
  const { graph, images, parameters, loss, train } = network();
  const device = await reference().open();
  const run = async (
    fetches: readonly (Tensor | Operation)[],
    feeds: readonly Tensor[],
    data: HostData[],
  ): Promise<readonly (HostData | null)[]> => {
    const shapes = feeds.map((tensor) => ({ tensor, shape: [3, 6, 6, 2] }));
    const plan = compile({ graph, fetches, feeds: shapes, target, options: { verify: true, without } });
    return (await device.load(plan)).run({ feeds: data, counters: [] });
  };
  const fed = Float64Array.from({ length: 3 * 72 }, (_, i) => Math.cos(i * i));
  await run(
    parameters.map(({ initializer }) => initializer),
    [],
    [],
  );
  const results = [];
  for (let step = 0; step < 3; step++) results.push(...(await run([loss, train], [images], [fed])));
  results.push(...(await run(parameters, [], [])));
  await device.close();
  return results;
}

describe("a small network learns the same on the reference backend", () => {
  it("its loss falls", async () => {
    const [first, , second, , third] = (await losses([])).map((data) => data?.[0] ?? NaN);
    assert.ok(first! > second! && second! > third!, `${first}, ${second}, ${third}`);
  });

  for (const without of [...PASSES.map((pass) => [pass]), PASSES]) {
    it(`without ${without.join(", ")}`, async () => assert.deepEqual(await losses(without), await losses([])));
  }
});
