import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Graph } from "../../src/graph/graph.ts";
import { graphToDot, printGraph } from "../../src/graph/print.ts";
import { group, matmul, placeholder, relu, variable } from "../../src/ops/index.ts";

function example(): Graph {
  const graph = new Graph();
  graph.asDefault(() => {
    const x = placeholder("float32", [null, 2], { name: "x" });
    graph.nameScope("dense", () => {
      const w = variable(
        [
          [1, 2],
          [3, 4],
        ],
        { name: "w" },
      );
      group(relu(matmul(x, w, { name: "product" }), { name: "y" }));
    });
  });
  return graph;
}

describe("printGraph", () => {
  it("gives one line an operation", () =>
    assert.deepEqual(printGraph(example()).split("\n"), [
      "x = Placeholder() -> float32 [?, 2]",
      "dense/Const = Const() {data: [1, 2, 3, 4]} -> float32 [2, 2]",
      "dense/w = Variable() -> float32 [2, 2]",
      "dense/w/Assign = Assign(dense/w, dense/Const) -> float32 [2, 2]",
      "dense/product = MatMul(x, dense/w) {transposeA: false, transposeB: false} -> float32 [?, 2]",
      "dense/y = Relu(dense/product) -> float32 [?, 2]",
      "dense/group_deps = NoOp(^dense/y)",
    ]));
});

describe("graphToDot", () => {
  it("boxes scopes, labels edges with shapes, dashes control dependencies", () => {
    const dot = graphToDot(example());
    assert.match(dot, /^digraph millrace \{/);
    assert.match(dot, /subgraph "cluster_dense\/" \{\n {4}label="dense";/);
    assert.match(dot, /n0 -> n4 \[label="\[\?, 2\]"\];/);
    assert.match(dot, /n5 -> n6 \[style=dashed\];/);
  });
});
