import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend } from "../support/backends.ts";

describe("names", () => {
  test("are unique, as TensorFlow makes them", () => {
    new tf.Graph().asDefault(() => {
      const names = [1, 2, 3].map((value) => tf.constant(value, { name: "c" }).op.name);
      assert.deepEqual(names, ["c", "c_1", "c_2"]);
      assert.equal(tf.constant(1, { name: "c_1" }).op.name, "c_1_1");
      assert.equal(tf.constant(1).name, "Const:0");
    });
  });

  test("scopes prefix, nest and are made unique", () => {
    new tf.Graph().asDefault(() => {
      const inner = tf.nameScope("a", () => tf.nameScope("b", () => tf.constant(1, { name: "c" })));
      const again = tf.nameScope("a", () => tf.constant(1, { name: "c" }));
      assert.deepEqual([inner.op.name, again.op.name], ["a/b/c", "a_1/c"]);
    });
  });

  test("the scope handed to the builder names its result, as the notes do with relu(..., name=scope)", () => {
    new tf.Graph().asDefault(() => {
      const make = (): tf.Tensor => tf.nameScope("conv1", (scope) => tf.nn.relu(tf.zeros([1]), { name: scope }));
      assert.deepEqual([make().op.name, make().op.name], ["conv1", "conv1_1"]);
    });
  });

  test("a scope that threw is left", () => {
    new tf.Graph().asDefault(() => {
      assert.throws(() =>
        tf.nameScope("broken", () => {
          throw new Error("on purpose");
        }),
      );
      assert.equal(tf.constant(1, { name: "after" }).op.name, "after");
    });
  });

  test("operations and tensors are found by name, and a wrong name gets a hint", () => {
    new tf.Graph().asDefault((graph) => {
      const weights = tf.variable(tf.zeros([2]), { name: "weights" });
      assert.equal(graph.getOperationByName("weights"), weights.op);
      assert.equal(graph.getTensorByName("weights:0"), weights);
      assert.throws(() => graph.getTensorByName("weights:1"), tf.GraphError);
      assert.throws(() => graph.getOperationByName("Weight"), /did you mean "weights"/);
    });
  });
});

describe("default graphs", () => {
  test("nest, and end with their function, also when it throws", () => {
    const outer = new tf.Graph();
    const inner = new tf.Graph();
    outer.asDefault(() => {
      assert.equal(tf.getDefaultGraph(), outer);
      assert.throws(() =>
        inner.asDefault(() => {
          assert.equal(tf.getDefaultGraph(), inner);
          throw new Error("on purpose");
        }),
      );
      assert.equal(tf.getDefaultGraph(), outer);
    });
    assert.notEqual(tf.getDefaultGraph(), outer);
  });

  test("last until the promise of an asynchronous function settles", async () => {
    const graph = new tf.Graph();
    const before = tf.getDefaultGraph();
    const running = graph.asDefault(async () => {
      await Promise.resolve();
      return tf.constant(1).graph;
    });
    assert.equal(await running, graph);
    assert.equal(tf.getDefaultGraph(), before);
  });

  test("resetDefaultGraph starts anew, but not inside another graph", () => {
    const before = tf.getDefaultGraph();
    tf.resetDefaultGraph();
    assert.notEqual(tf.getDefaultGraph(), before);
    new tf.Graph().asDefault(() => assert.throws(() => tf.resetDefaultGraph(), tf.GraphError));
  });
});

describe("control dependencies", () => {
  test("are added to what is built inside, nest, and are forgotten under null", () => {
    new tf.Graph().asDefault(() => {
      const a = tf.noOp({ name: "a" });
      const b = tf.noOp({ name: "b" });
      tf.controlDependencies([a], () => {
        const one = tf.noOp();
        const two = tf.controlDependencies([b], () => tf.noOp());
        const none = tf.controlDependencies(null, () => tf.noOp());
        assert.deepEqual(
          [one, two, none].map((op) => op.controlInputs.map(({ name }) => name)),
          [["a"], ["a", "b"], []],
        );
      });
      assert.deepEqual(tf.noOp().controlInputs, []);
    });
  });

  test("a variable built under them does not depend on them", () => {
    new tf.Graph().asDefault(() => {
      const v = tf.controlDependencies([tf.noOp()], () => tf.variable(tf.constant(1)));
      assert.deepEqual([v.op.controlInputs, v.initializer.controlInputs], [[], []]);
    });
  });
});

describe("operations are immutable", () => {
  test("a list that is filled anew for each call gives each its own", async () => {
    await new tf.Graph().asDefault(async () => {
      const x = tf.constant([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      const begin = [0, 0];
      const rows: tf.Tensor[] = [];
      for (let row = 0; row < 3; row++) {
        begin[0] = row;
        rows.push(tf.slice(x, begin, [1, 2]));
      }
      await using session = new tf.Session({ backend: referenceBackend });
      const values = await session.run(rows);
      assert.deepEqual(
        values.map((value) => value.toArray()),
        [[[1, 2]], [[3, 4]], [[5, 6]]],
      );
    });
  });

  test("shape=[2, 3], changed afterwards", () => {
    new tf.Graph().asDefault(() => {
      const shape = [2, 3];
      const made = [tf.zeros(shape), tf.placeholder("float32", shape), tf.randomUniform(shape)];
      shape[0] = 5;
      for (const tensor of made) assert.deepEqual(tensor.shape, [2, 3]);
    });
  });

  test("axis and nested paddings, changed afterwards: the run does what the node declares", async () => {
    await new tf.Graph().asDefault(async () => {
      const x: tf.Tensor = tf.ones([2, 3]);
      const axis = [0];
      const paddings = [
        [0, 0],
        [1, 0],
      ] as [number, number][];
      const sum = tf.reduceSum(x, { axis });
      const padded = tf.pad(x, paddings);
      axis[0] = 1;
      paddings[1]![0] = 2;
      await using session = new tf.Session({ backend: referenceBackend });
      assert.deepEqual((await session.run(sum)).toArray(), [2, 2, 2]);
      assert.deepEqual((await session.run(padded)).toArray(), [
        [0, 1, 1, 1],
        [0, 1, 1, 1],
      ]);
    });
  });

  test("shapes and attributes cannot be written to", () => {
    new tf.Graph().asDefault(() => {
      const y: tf.Tensor = tf.pad(tf.ones([2]), [[1, 1]]);
      const { paddings } = y.op.attrs as { paddings: number[][] };
      assert.throws(() => ((y.shape as number[])[0] = 9), TypeError);
      assert.throws(() => (paddings[0]![0] = 9), TypeError);
      assert.throws(() => Object.assign(y.op.attrs, { paddings: [] }), TypeError);
    });
  });
});

describe("asynchronous functions", () => {
  const later = async (): Promise<tf.Tensor> => {
    await Promise.resolve();
    return tf.constant(1);
  };

  test("have no scopes: what they build after an await would be outside", () => {
    new tf.Graph().asDefault((graph) => {
      const refused = (name: string) => (error: unknown) =>
        error instanceof tf.GraphError && error.message.startsWith(`${name}: the function is asynchronous`);
      const step = tf.noOp();
      assert.throws(() => tf.nameScope("a", later), refused("nameScope"));
      assert.throws(() => tf.controlDependencies([step], later), refused("controlDependencies"));
      assert.throws(() => tf.layers.collectVariables(later), refused("collectVariables"));
      assert.throws(() => tf.layers.reuseVariables([], later), refused("reuseVariables"));
      const { name, controlInputs } = graph.asDefault(() => tf.noOp({ name: "after" }));
      assert.deepEqual([name, controlInputs], ["after", []]);
    });
  });

  test("that fail after they were refused do not end the process", async () => {
    const fail = async (): Promise<never> => {
      await Promise.resolve();
      throw new Error("on purpose");
    };
    new tf.Graph().asDefault(() => assert.throws(() => tf.nameScope("a", fail), tf.GraphError));
    // An unhandled rejection would come before the next turn of the event loop, and fail this test.
    await new Promise((resolve) => setTimeout(resolve));
  });

  test("scopes without a function, dependencies that are no list: from JavaScript", () => {
    const graph = new tf.Graph();
    const nothing = undefined as never;
    assert.throws(
      () => graph.controlDependencies([], nothing),
      /ValueError: controlDependencies: undefined is no function/,
    );
    assert.throws(() => graph.nameScope("a", nothing), /ValueError: nameScope: undefined is no function/);
    assert.throws(() => graph.controlDependencies(tf.noOp() as never, () => 0), /ValueError: .* is no list/);
    assert.throws(() => tf.layers.collectVariables(nothing), /ValueError: collectVariables: undefined is no function/);
    assert.throws(() => tf.layers.reuseVariables([], nothing), /ValueError: reuseVariables: undefined is no function/);
  });
});
