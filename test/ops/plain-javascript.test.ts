import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "../../src/index.ts";

/** What plain JavaScript lets through, each refused with the class and a text of its fix. */
const refused: Record<string, readonly [() => unknown, RegExp]> = {
  "conv2d without options": [
    () => tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), undefined as never),
    /conv2d: undefined .*padding/s,
  ],
  "depthwiseConv2d without options": [
    () => tf.nn.depthwiseConv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), undefined as never),
    /depthwiseConv2d: undefined .*padding/s,
  ],
  "conv2dTranspose without options": [
    () => tf.nn.conv2dTranspose(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), undefined as never),
    /conv2dTranspose\(\.\.\., \{ outputShape/,
  ],
  // These would be ignored: each function would do what it does by default.
  "a tensor where the options go": [
    () => tf.nn.leakyRelu(tf.zeros([2]), tf.constant(0.1)),
    /Tensor\("Const:0".*alpha/s,
  ],
  "moments of an axis": [() => tf.nn.moments(tf.zeros([2, 3]), [0] as never), /moments\(\.\.\., \{ axis: \[0\] \}\)/],
  "l2Normalize of an axis": [() => tf.nn.l2Normalize(tf.zeros([2, 3]), 1 as never), /axis: 1/],
  "softmax of an axis": [() => tf.nn.softmax(tf.zeros([2, 3]), 0 as never), /axis: 0/],
  "argMax of an axis": [() => tf.argMax(tf.zeros([2, 3]), 1 as never), /argMax\(\.\.\., \{ axis: 1 \}\)/],
  "gather of an axis": [() => tf.gather(tf.zeros([2, 3]), [0], 1 as never), /gather\(\.\.\., \{ axis: 1 \}\)/],
  "stack of an axis": [() => tf.stack([[1], [2]], 1 as never), /stack: 1 .*axis: 1/s],
  "unstack of an axis": [() => tf.unstack(tf.zeros([2, 3]), 1 as never), /unstack: 1 .*axis: 1/s],
  "range of a step": [() => tf.range(0, 1, 0.25 as never), /range\(\.\.\., \{ delta: 0.25 \}\)/],
  "leakyRelu of a slope": [() => tf.nn.leakyRelu(tf.zeros([2]), 0.1 as never), /alpha: 0.1/],
  "gelu of a flag": [() => tf.nn.gelu(tf.zeros([2]), true as never), /approximate: true/],
  "a variable's name": [() => tf.variable(1, "w" as never), /variable\(\.\.\., \{ name: "w" \}\)/],
  "a constant's dtype": [() => tf.constant(1, "int32" as never), /dtype: "int32"/],
  "randomNormal of a mean": [() => tf.randomNormal([2], 3 as never), /mean: 3/],
  "addN of one value, and a name": [() => tf.addN([tf.zeros([2])], "sum" as never), /name: "sum"/],
  "reduceSum of null": [() => tf.reduceSum([1], null as never), /axis/],
  "both probabilities of dropout": [
    () => tf.nn.dropout(tf.zeros([4]), { keepProb: 0.9, rate: 0.5 } as never),
    /both keepProb and rate/,
  ],
  "a mode of pad in small letters": [
    () => tf.pad(tf.zeros([3]), [[1, 1]], { mode: "reflect" as never }),
    /pad "MirrorPad": mode is "reflect".*"REFLECT"/s,
  ],
  "paddings of one number": [() => tf.pad(tf.zeros([3]), 1 as never), /1 pairs/],
  "paddings without pairs": [() => tf.pad(tf.zeros([3]), [1] as never), /1 pairs/],
  // TensorFlow's shapes may be tensors.
  "zeros in the shape of a tensor": [() => tf.zeros(tf.shape([1, 2]) as never), /zeros: shape is Tensor.*zerosLike/s],
  "random numbers in the shape of a tensor": [() => tf.randomNormal(tf.shape([1, 2]) as never), /shape is Tensor/],
  "reshape to the shape of a tensor": [
    () => tf.reshape(tf.zeros([4]), tf.shape([1, 2]) as never),
    /reshape "Reshape": shape is Tensor.*-1/s,
  ],
  "broadcastTo the shape of a tensor": [() => tf.broadcastTo(1, tf.shape([1, 2]) as never), /shape is Tensor/],
  "a placeholder in the shape of a tensor": [
    () => tf.placeholder("float32", tf.shape([1, 2]) as never),
    /shape is Tensor/,
  ],
  "a default in the shape of a tensor": [
    () => tf.placeholderWithDefault([1, 2], tf.shape([1, 2]) as never),
    /shape is Tensor/,
  ],
  "conv2dTranspose to the shape of a tensor": [
    () =>
      tf.nn.conv2dTranspose(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), {
        padding: "SAME",
        outputShape: tf.shape([1]) as never,
      }),
    /outputShape is Tensor/,
  ],
  "noise in the shape of a tensor": [
    () => tf.nn.dropout([1, 2], { keepProb: 0.5, noiseShape: tf.shape([1, 2]) as never }),
    /noiseShape is Tensor/,
  ],
  "stridedSlice from a tensor": [
    () => tf.stridedSlice([1, 2], tf.shape([1]) as never, [2]),
    /stridedSlice: begin is Tensor/,
  ],
  "stridedSlice to a tensor": [() => tf.stridedSlice([1, 2], [0], tf.shape([1]) as never), /end/],
  "range to a tensor": [() => tf.range(0, tf.rank([1]) as never), /range/],
  "tile by one number": [() => tf.tile([1, 2], 2 as never), /multiples is 2.*1 integers/s],
  "transpose with an object": [() => tf.transpose([[1]], { perm: [1, 0] } as never), /perm is \{ perm \}.*\[1, 0\]/s],
  "concat with an object": [() => tf.concat([[1], [2]], { axis: 0 } as never), /axis is \{ axis \}/],
  "concat along no axis": [() => tf.concat([[1], [2]], undefined as never), /axis is undefined/],
  "reverse along no axis": [() => tf.reverse([1, 2], undefined as never), /no axis is named/],
  "expandDims with an object": [() => tf.expandDims([1], { axis: 0 } as never), /axis is \[\{ axis \}\]/],
  "argMax along a list": [() => tf.argMax([1], { axis: [0] as never }), /axis is \[0\]/],
  "softmax along a tensor": [() => tf.nn.softmax([1], { axis: tf.constant(0) as never }), /no axis Tensor/],
  "stridedSlice without an end": [() => tf.stridedSlice([1, 2], [0], undefined as never), /end is undefined/],
  "an array of no shape": [() => new tf.NDArray("float32", 3 as never, new Float32Array(3)), /shape is 3/],
  "slice of numbers": [() => tf.slice([1, 2], 0 as never, 1 as never), /begin is 0/],
  "split by an object": [() => tf.split([1, 2], { parts: 2 } as never), /parts is \{ parts \}/],
  "stack of nothing": [() => tf.stack([]), /stack: there are no tensors/],
  "stack of two arguments": [() => tf.stack(tf.zeros([2]) as never, tf.zeros([2])), /tf\.stack\(\[a, b\]\)/],
  "addN of two arguments": [() => tf.addN(1 as never, 2 as never), /tf\.addN\(\[a, b\]\)/],
  "group of a list": [() => tf.group([tf.noOp()] as never), /\.\.\.list/],
  "a constant of null": [() => tf.constant(null as never), /constant: the value is null/],
  "a constant of tensors": [() => tf.constant([tf.zeros([2])] as never), /tf\.stack/],
  "a constant of text": [() => tf.constant("1" as never), /the value is "1"/],
  "a constant of float64": [() => tf.constant(1, { dtype: "float64" as never }), /no dtype float64.*float32, int32/s],
  "zeros of float64": [() => tf.zeros([1], { dtype: "float64" as never }), /float32, int32/],
  "zerosLike of float64": [() => tf.zerosLike([1], { dtype: "float64" as never }), /float32, int32/],
  "oneHot of float64": [() => tf.oneHot([1], 2, { dtype: "float64" as never }), /float32, int32/],
  "a range of float64": [() => tf.range(0, 2, { dtype: "float64" as never }), /float32, int32/],
  "a placeholder of float64": [() => tf.placeholder("float64" as never, []), /float32, int32/],
  "random numbers of uint8": [() => tf.randomUniform([2], { dtype: "uint8" as never }), /tf\.cast/],
  "maxPool without options": [
    () => tf.nn.maxPool(tf.zeros([1, 4, 4, 1]), undefined as never),
    /maxPool: undefined .*ksize/s,
  ],
  "dropout without options": [() => tf.nn.dropout(tf.zeros([4]), undefined as never), /keepProb/],
  "concat of a tensor": [() => tf.concat(tf.zeros([2]) as never, 0), /\[a, b\]/],
  "cast to float64": [() => tf.cast([1], "float64" as never), /float32, int32/],
  "lrn with NaN": [() => tf.nn.lrn(tf.zeros([1, 2, 2, 3]), { alpha: Number.NaN }), /alpha is a finite number/],
  "a memory limit of NaN": [() => tf.wasm({ memoryLimitBytes: Number.NaN }), /131,072/],
  "minimize without a loss": [
    () => new tf.train.GradientDescentOptimizer(1).minimize(undefined as never),
    /pass the tensor/,
  ],
  "nameScope without a function": [() => tf.nameScope("a", undefined as never), /a function that builds/],
  "asDefault without a function": [() => new tf.Graph().asDefault(undefined as never), /a function that builds/],
};

for (const [title, [run, fix]] of Object.entries(refused)) {
  test(`refused: ${title}`, () => {
    new tf.Graph().asDefault(() => {
      assert.throws(run, (error) => error instanceof tf.ValueError && fix.test(error.message));
    });
  });
}

test("refused: assignments to what is no variable", () => {
  new tf.Graph().asDefault(() => {
    const wrong = /\[1\] is no variable.*tf\.variable/s;
    assert.throws(() => tf.assign([1] as never, 2), wrong);
    assert.throws(() => tf.assignAdd([1] as never, 2), wrong);
    assert.throws(() => tf.assign(undefined as never, 2), /undefined is no variable/);
  });
});

test("windows of pools: one number, [height, width], or four", () => {
  new tf.Graph().asDefault(() => {
    const images = tf.zeros([1, 6, 6, 2]);
    for (const ksize of [2, [2, 2], [1, 2, 2, 1]] as const) {
      assert.deepEqual(tf.nn.maxPool(images, { ksize, strides: ksize, padding: "VALID" }).shape, [1, 3, 3, 2]);
      assert.deepEqual(tf.nn.avgPool(images, { ksize, strides: 1, padding: "SAME" }).shape, [1, 6, 6, 2]);
    }
  });
});

test("variables have the methods assign, assignAdd, assignSub; minimize takes gradLoss; names of TensorFlow", () =>
  new tf.Graph().asDefault(async () => {
    const v = tf.variable([1, 2]);
    assert.equal(tf.variable([1, 2], { dtype: "int32" }).dtype, "int32");
    const loss = tf.multiply(v, v);
    const train = new tf.train.GradientDescentOptimizer(1).minimize(loss, { gradLoss: tf.constant([0.5, 0.25]) });
    await using session = new tf.Session({ backend: tf.reference() });
    await session.run(tf.globalVariablesInitializer());
    await session.run(train);
    assert.deepEqual((await session.run(v)).toArray(), [0, 1]);
    assert.deepEqual((await session.run(v.assign([4, 8]))).toArray(), [4, 8]);
    assert.deepEqual((await session.run(v.assignAdd([1, 1]))).toArray(), [5, 9]);
    assert.deepEqual((await session.run(v.assignSub([2, 2]))).toArray(), [3, 7]);
    const rest = await session.run([tf.subtract(v, 1), tf.divide(v, 2), tf.negative(v)]);
    assert.deepEqual(
      rest.map((value) => value.toArray()),
      [
        [2, 6],
        [1.5, 3.5],
        [-3, -7],
      ],
    );
  }));
