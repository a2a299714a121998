/** Constants written where they are used have the types that they have under a name of their own. */
import * as tf from "../../src/index.ts";
import { fill } from "../../src/ops/zeros.ts";
import { type Equal, expectType } from "./expect.ts";

declare const session: tf.Session;
declare const data: Float32Array;
declare const bytes: Uint8Array;
const a = tf.placeholder("float32", [2, 3]);

const inline = {
  concat: tf.concat([tf.constant([1, 2]), tf.constant([3])], 0),
  stack: tf.stack([tf.zeros([2]), tf.ones([2])]),
  joined: tf.concat([a, tf.zeros([4, 3])], 0),
  fills: tf.stack([fill([2], 1), tf.zeros([2])]),
  integers: tf.concat([tf.range(0, 3), tf.zeros([2], { dtype: "int32" })], 0),
  classes: tf.concat([tf.oneHot([1], 3), tf.zeros([4, 3])], 0),
  like: tf.stack([tf.zerosLike(a), tf.onesLike(a)]),
  random: tf.stack([tf.randomUniform([2]), tf.randomNormal([2])]),
  cast: tf.stack([tf.cast([1, 2], "float32"), tf.zeros([2])]),
  variables: tf.stack([tf.variable(tf.zeros([2])), tf.zeros([2])]),
  sum: tf.addN([a, tf.zeros([2, 3])]),
};

expectType<Equal<typeof inline.concat, tf.Tensor<[number], "float32">>>();
expectType<Equal<typeof inline.stack, tf.Tensor<[2, 2], "float32">>>();
expectType<Equal<typeof inline.joined, tf.Tensor<[number, 3], "float32">>>();
expectType<Equal<typeof inline.fills, tf.Tensor<[2, 2], "float32">>>();
expectType<Equal<typeof inline.integers, tf.Tensor<[number], "int32">>>();
expectType<Equal<typeof inline.classes, tf.Tensor<[number, 3], "float32">>>();
expectType<Equal<typeof inline.like, tf.Tensor<[2, 2, 3], "float32">>>();
expectType<Equal<typeof inline.random, tf.Tensor<[2, 2], "float32">>>();
expectType<Equal<typeof inline.cast, tf.Tensor<[2, 2], "float32">>>();
expectType<Equal<typeof inline.variables, tf.Tensor<[2, 2], "float32">>>();
expectType<Equal<typeof inline.sum, tf.Tensor<[2, 3], "float32">>>();

const fetched = {
  zeros: await session.run(tf.zeros([2])),
  constant: await session.run(tf.constant(Int32Array.of(1))),
  placeholder: await session.run(tf.placeholder("int32", [null, 2])),
};

expectType<Equal<typeof fetched.zeros, tf.NDArray<[2], "float32">>>();
expectType<Equal<typeof fetched.constant, tf.NDArray<[number], "int32">>>();
expectType<Equal<typeof fetched.placeholder, tf.NDArray<[null, 2], "int32">>>();

const literals = {
  floats: tf.constant(data),
  bytes: tf.constant(bytes),
  images: tf.constant(bytes, { shape: [1, 2, 2, 3] }),
  cast: tf.constant(data, { dtype: "int32" }),
  flags: tf.constant([true, false]),
  flag: tf.constant(true),
  rows: tf.constant([[1, 2]]),
  operand: a.add(data),
  first: tf.add(Int32Array.of(1), 1),
  unknown: tf.constant([] as tf.NestedArray),
};

expectType<Equal<typeof literals.floats, tf.Tensor<[number], "float32">>>();
expectType<Equal<typeof literals.bytes, tf.Tensor<[number], "uint8">>>();
expectType<Equal<typeof literals.images, tf.Tensor<[1, 2, 2, 3], "uint8">>>();
expectType<Equal<typeof literals.cast, tf.Tensor<[number], "int32">>>();
expectType<Equal<typeof literals.flags, tf.Tensor<[number], "bool">>>();
expectType<Equal<typeof literals.flag, tf.Tensor<[], "bool">>>();
expectType<Equal<typeof literals.rows, tf.Tensor<[number, number], "float32">>>();
expectType<Equal<typeof literals.operand, tf.Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof literals.first, tf.Tensor<[number], "int32">>>();
expectType<Equal<typeof literals.unknown, tf.Tensor<tf.Shape, tf.DType>>>();

const images = tf.placeholder("float32", [null, 28, 28, 4]);
const composed = {
  eye: tf.eye(3, { dtype: "int32" }),
  wide: tf.eye(2, { numColumns: 3 }),
  linspace: tf.linspace(0, 1, 5),
  space: tf.nn.depthToSpace(images, 2),
  separable: tf.nn.separableConv2d(images, tf.zeros([3, 3, 4, 1]), tf.zeros([1, 1, 4, 8]), { padding: "SAME" }),
};

expectType<Equal<typeof composed.eye, tf.Tensor<[3, 3], "int32">>>();
expectType<Equal<typeof composed.wide, tf.Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof composed.linspace, tf.Tensor<[5], "float32">>>();
expectType<Equal<typeof composed.space, tf.Tensor<[null, number, number, number], "float32">>>();
expectType<Equal<typeof composed.separable, tf.Tensor<[null, number, number, 8], "float32">>>();

// @ts-expect-error "add: shapes [2, 3] and [4, 3] do not broadcast"
a.add(tf.zeros([4, 3]));
// @ts-expect-error "squeeze: axis 0 of [2, 3] is 2, not 1"
tf.squeeze(a, { axis: [0] });
// @ts-expect-error "conv2d: images [?, number, number, 4] and filter [1, 1, 5, 8] disagree on channels: 4 and 5"
tf.nn.separableConv2d(images, tf.zeros([3, 3, 4, 1]), tf.zeros([1, 1, 5, 8]), { padding: "SAME" });
