import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { testedBackends } from "../support/backends.ts";

const { backend } = testedBackends[1]!;

/** Fails unless `run` throws the class with every one of the texts in its message; returns the error. */
async function rejects<E extends tf.MillraceError>(
  run: () => unknown,
  type: new (...parameters: never[]) => E,
  ...texts: readonly string[]
): Promise<E> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof type, `expected ${type.name}, got ${String(error)}`);
    for (const text of texts) assert.ok(error.message.includes(text), `"${text}" is missing in:\n${error.message}`);
    return error;
  }
  return assert.fail(`nothing was thrown, expected ${type.name}`);
}

/** A graph with y = 2 x, x of shape [null, 3], in a session that must still work after each mistake. */
async function withSession(
  use: (parts: { session: tf.Session; x: tf.Tensor<[null, 3], "float32">; y: tf.Tensor }) => Promise<unknown>,
): Promise<void> {
  await new tf.Graph().asDefault(async () => {
    const x = tf.placeholder("float32", [null, 3], { name: "x" });
    const y = x.mul(2);
    await using session = new tf.Session({ backend });
    await use({ session, x, y });
    assert.deepEqual((await session.run(y, [[x, [[1, 2, 3]]]])).toArray(), [[2, 4, 6]]);
  });
}

describe("what users get wrong", () => {
  test("channels that disagree: the error names op, inputs, axes, fix and the user's own line", async () => {
    await new tf.Graph().asDefault(async () => {
      const images: tf.Tensor = tf.placeholder("float32", [128, 27, 27, 96], { name: "images" });
      const filter: tf.Tensor = tf.zeros([5, 5, 48, 256]);
      const build = (): unknown =>
        tf.nameScope("alexnet", () => tf.nn.conv2d(images, filter, { padding: "SAME", name: "conv2" }));
      const error = await rejects(
        build,
        tf.ShapeError,
        'conv2d "alexnet/conv2"',
        "disagree on channels",
        "[128, 27, 27, 96]",
        "[5, 5, 48, 256]",
        "fix: the filter's third dimension must be 96",
      );
      assert.match(error.site ?? "", /misuse\.test\.ts:\d+$/);
    });
  });

  test("dtypes that disagree", async () => {
    await new tf.Graph().asDefault(async () => {
      const a: tf.Tensor = tf.constant([1, 2], { dtype: "int32" });
      await rejects(() => tf.add(a, tf.constant([1, 2])), tf.DTypeError, "int32", "float32", "tf.cast");
    });
  });

  test("tensors of two graphs in one op", async () => {
    const other = new tf.Graph().asDefault(() => tf.constant(1));
    await new tf.Graph().asDefault(async () => {
      await rejects(() => tf.add(tf.constant(2), other), tf.GraphError, "two graphs");
    });
  });

  test("a missing feed names the placeholder and its shape", () =>
    withSession(async ({ session, y }) => rejects(() => session.run(y), tf.FeedError, '"x"', "[?, 3]")));

  test("a feed of the wrong shape", () =>
    withSession(async ({ session, x, y }) =>
      rejects(() => session.run(y, [[x, [[1, 2]]]]), tf.FeedError, "[?, 3]", "[1, 2]"),
    ));

  test("a feed of the wrong dtype", () =>
    withSession(async ({ session, x, y }) =>
      rejects(() => session.run(y, [[x, Int32Array.of(1, 2, 3)]]), tf.FeedError, "Int32Array", "float32"),
    ));

  test("a ragged feed", () =>
    withSession(async ({ session, x, y }) =>
      rejects(() => session.run(y, [[x, [[1, 2, 3], [1]]]]), tf.FeedError, "ragged"),
    ));

  test("an unknown feed by name", () =>
    withSession(async ({ session, y }) => rejects(() => session.run(y, { z: [1] }), tf.FeedError, '"z"')));

  test("a feed of a tensor of another graph", () =>
    withSession(async ({ session, y }) => {
      const stranger = new tf.Graph().asDefault(() => tf.placeholder("float32", [1], { name: "stranger" }));
      await rejects(() => session.run(y, [[stranger, [1]]]), tf.FeedError, "stranger", "another graph");
    }));

  test("one tensor fed twice", () =>
    withSession(async ({ session, x, y }) =>
      rejects(
        () =>
          session.run(y, [
            [x, [[1, 2, 3]]],
            [x, [[1, 2, 3]]],
          ]),
        tf.FeedError,
        "twice",
      ),
    ));

  test("a fetch from another graph", () =>
    withSession(async ({ session }) => {
      const stranger = new tf.Graph().asDefault(() => tf.constant(1, { name: "stranger" }));
      await rejects(() => session.run(stranger), tf.GraphError, "stranger", "another graph");
    }));

  test("a fetch that is no tensor", () =>
    withSession(async ({ session }) => rejects(() => session.run([undefined as never]), tf.ValueError, "undefined")));

  test("a variable read before it is initialized", async () => {
    await new tf.Graph().asDefault(async () => {
      const v = tf.variable(tf.zeros([2, 3]), { name: "weights" });
      await using session = new tf.Session({ backend });
      await rejects(
        () => session.run(v.add(1)),
        tf.UninitializedError,
        '"weights"',
        "[2, 3]",
        "globalVariablesInitializer",
      );
      await session.run(tf.globalVariablesInitializer());
      assert.deepEqual((await session.run(v.add(1))).toArray(), [
        [1, 1, 1],
        [1, 1, 1],
      ]);
    });
  });

  test("no gradient path gives null, and minimize without any is an error", async () => {
    await new tf.Graph().asDefault(async () => {
      const v = tf.variable(tf.zeros([2]), { name: "lonely" });
      const loss = tf.reduceSum(tf.constant([1, 2]));
      assert.deepEqual(tf.gradients(loss, [v]), [null]);
      await rejects(
        () => new tf.train.GradientDescentOptimizer(0.1).minimize(loss),
        tf.GradientError,
        "lonely",
        "no path",
      );
      const counted = tf.reduceSum(tf.cast(tf.argMax(tf.expandDims(v, 0), { axis: 1 }), "float32"));
      assert.deepEqual(tf.gradients(counted, [v]), [null]);
    });
  });

  test("a plan larger than the memory says how much, for what, and what to reduce", async () => {
    const small = tf.wasm({ threads: 1, memoryLimitBytes: 64 * 1024 * 1024 });
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [null, 1024, 1024], { name: "x" });
      const y = tf.transpose(x).add(tf.transpose(x.mul(2)));
      await using session = new tf.Session({ backend: small });
      await rejects(() => session.run(y, [[x, new Float32Array(8 << 20)]]), tf.MemoryError, "fix:", "reduce");
      const fits = await session.run(tf.reduceSum(y), [[x, new Float32Array(1 << 20).fill(1)]]);
      assert.equal(fits.item(), 3 * (1 << 20));
    });
    await small.close();
  });

  test("use after close", async () => {
    await new tf.Graph().asDefault(async () => {
      const c = tf.constant(1);
      const session = new tf.Session({ backend });
      await session.run(c);
      await session.close();
      await session.close();
      await rejects(() => session.run(c), tf.ClosedError, "closed");
    });
  });

  test("checkNumerics names the first operation that made a NaN or infinity", async () => {
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [3], { name: "x" });
      const logarithm = tf.log(x, { name: "culprit" });
      const y = tf.reduceSum(tf.exp(logarithm).mul(2), { name: "later" });
      await using session = new tf.Session({ backend, checkNumerics: true });
      await rejects(() => session.run(y, [[x, [1, -1, 2]]]), tf.NumericsError, '"culprit"', "Log");
      assert.ok(Math.abs((await session.run(y, [[x, [1, 1, 2]]])).item() - 8) < 1e-5);
    });
  });

  test("checkNumerics: a variable whose first value is refused counts as having none; a later one is kept", async () => {
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [2], { name: "x" });
      const v = tf.variable(tf.zeros([2]), { name: "v" });
      const write = tf.assign(v, tf.log(x));
      await using session = new tf.Session({ backend, checkNumerics: true });
      await rejects(() => session.run(write, [[x, [-1, 2]]]), tf.NumericsError, "Log");
      await rejects(() => session.run(v), tf.UninitializedError, '"v"');
      await session.run(write, [[x, [1, 1]]]);
      await rejects(() => session.run(write, [[x, [-1, 1]]]), tf.NumericsError, "Log");
      assert.deepEqual([...(await session.run(v)).data].map(Number.isNaN), [true, false]);
    });
  });

  test("control dependencies on another graph's operations", async () => {
    const stranger = new tf.Graph().asDefault(() => tf.noOp({ name: "stranger" }));
    await new tf.Graph().asDefault(async () => {
      await rejects(
        () => tf.controlDependencies([stranger], () => tf.noOp()),
        tf.GraphError,
        "stranger",
        "another graph",
      );
    });
  });

  test("dimensions that are none", async () => {
    await new tf.Graph().asDefault(async () => {
      await rejects(() => tf.zeros([2, -1]), tf.ShapeError, "-1", "[2, -1]");
      await rejects(() => tf.placeholder("float32", [1.5]), tf.ShapeError, "1.5");
    });
  });

  test("a fraction for an integer tensor", async () => {
    await new tf.Graph().asDefault(async () => {
      const counts = tf.constant([1, 2], { dtype: "int32" });
      await rejects(() => counts.add(1.5), tf.ValueError, "1.5", "int32");
    });
  });

  test("reshape to another number of elements", async () => {
    await new tf.Graph().asDefault(async () => {
      const x: tf.Tensor = tf.zeros([2, 3]);
      await rejects(() => tf.reshape(x, [4, 2]), tf.ShapeError, "[2, 3]");
    });
  });

  test("a stride of zero and an unknown padding", async () => {
    await new tf.Graph().asDefault(async () => {
      const x: tf.Tensor = tf.zeros([1, 8, 8, 3]);
      const f: tf.Tensor = tf.zeros([3, 3, 3, 4]);
      await rejects(() => tf.nn.conv2d(x, f, { strides: 0, padding: "SAME" }), tf.ValueError, "strides");
      await rejects(() => tf.nn.conv2d(x, f, { padding: "same" as "SAME" }), tf.ValueError, '"same"', "SAME");
    });
  });

  // What the type checker refuses and JavaScript lets through: nobody may get a wrong result from it.
  test("an axis or a rate where the options go", async () => {
    await new tf.Graph().asDefault(async () => {
      const axis = 1 as never;
      await rejects(() => tf.reduceSum(tf.ones([2, 3]), axis), tf.ValueError, "options", "{ axis: 1 }");
      await rejects(() => tf.argMax(tf.ones([2, 3]), axis), tf.ValueError, "options");
      await rejects(() => tf.zeros([2], "int32" as never), tf.ValueError, "zeros", '"int32"', "options");
      await rejects(() => tf.range(0, 5, 2 as never), tf.ValueError, "range", "options");
      await rejects(() => tf.range(5, undefined as never), tf.ValueError, "tf.range(0, 5)");
      await rejects(() => new tf.train.AdamOptimizer("0.01" as never), tf.ValueError, "learningRate: 0.001");
      await rejects(() => new tf.Session(tf.getDefaultGraph() as object), tf.ValueError, "{ graph }");
      const byName = { backend: "wasm" as never };
      await rejects(() => new tf.Session(byName), tf.ValueError, '"wasm"', "tf.wasm()");
    });
  });

  test("feeds that are neither pairs nor a record", () =>
    withSession(async ({ session, x, y }) => {
      await rejects(
        () => session.run(y, [x, [[1, 2, 3]]] as never),
        tf.FeedError,
        "feeds[0]",
        "[[placeholder, value]]",
      );
      await rejects(() => session.run(y, null as never), tf.FeedError, "null");
      await rejects(() => session.run(y, { [String(x)]: [[1, 2, 3]] }), tf.FeedError, "a tensor", "new Map");
    }));

  test("gradients by what is no tensor, or is of another graph", async () => {
    const stranger = new tf.Graph().asDefault(() => tf.variable(tf.zeros([2]), { name: "stranger" }));
    await new tf.Graph().asDefault(async () => {
      const v = tf.variable(tf.zeros([2]), { name: "v" });
      const loss = tf.nn.l2Loss(v);
      await rejects(() => tf.gradients(loss, [undefined as never]), tf.ValueError, "xs[0] is undefined");
      await rejects(() => tf.gradients(loss, v as never), tf.ValueError, "tf.gradients(loss, [x])");
      await rejects(() => tf.gradients(undefined as never, [v]), tf.ValueError, "ys");
      await rejects(() => tf.group(undefined as never), tf.ValueError, "undefined", "return");
      await rejects(() => tf.gradients(loss, [v, stranger]), tf.GraphError, "stranger", "another graph");
      const optimizer = new tf.train.GradientDescentOptimizer(0.1);
      await rejects(() => optimizer.minimize(loss, { varList: [stranger, v] }), tf.GraphError, "stranger");
    });
  });

  test("a missing shape, padding, window or kind of normalization", async () => {
    await new tf.Graph().asDefault(async () => {
      const x: tf.Tensor = tf.zeros([1, 8, 8, 3]);
      const f: tf.Tensor = tf.zeros([3, 3, 3, 4]);
      const missing = undefined as never;
      await rejects(() => tf.placeholder("float32", missing), tf.ValueError, "shape is undefined", "[null, 3]");
      await rejects(() => tf.zeros(3 as never), tf.ValueError, "shape is 3");
      await rejects(() => tf.nn.conv2d(x, f, { padding: missing }), tf.ValueError, "padding", "SAME");
      await rejects(
        () => tf.nn.maxPool(x, { ksize: [2, 2, 2] as never, strides: [1, 2, 2, 1], padding: "SAME" }),
        tf.ValueError,
        "ksize is [2, 2, 2]",
      );
      const window = [1, 2, 2, 1] as const;
      await rejects(
        () => tf.nn.avgPool(x, { ksize: window, strides: window, padding: missing }),
        tf.ValueError,
        "padding",
        "SAME",
      );
      await rejects(() => tf.models.lenet5({ normalization: "layer" as never }), tf.ValueError, '"layer"', '"batch"');
    });
  });
});
