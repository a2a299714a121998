/** Calls that compile and what they give, calls that must not, and what the compiler says to them. */
import type { Shape } from "../../src/core/shape.ts";
import { type Equal, expectShape, expectType } from "./expect.ts";
import {
  add,
  biasAdd,
  concat,
  conv2d,
  matmul,
  maxPool,
  type OtherOps,
  reduceSum,
  relu,
  reshape,
  sparseSoftmaxCrossEntropy,
  type Tensor,
  tensor,
  type TensorLike,
  transpose,
} from "./mock-ops.ts";

const images = tensor([null, 28, 28, 1]);
const filter = tensor([5, 5, 1, 32]);
const a = tensor([2, 3]);
const b = tensor([2, 4]);
declare const unknown: Tensor;
declare const size: number;
declare const ops: OtherOps;

const pooled = maxPool(relu(conv2d(images, filter, { strides: 1, padding: "SAME" })), { size: 2, padding: "SAME" });
const flat = reshape(pooled, [-1, 3136]);
const logits = biasAdd(matmul(flat, tensor([3136, 10])), tensor([10]));
const loss = reduceSum(sparseSoftmaxCrossEntropy({ labels: tensor([null]), logits }));

const network = { pooled, flat, logits, loss };
const sums = {
  scalar: add(a, 2),
  scalarFirst: add(2, a),
  nested: add([[1, 2, 3]], a),
  nestedLast: add(a, [1, 2, 3]),
  unknown: add(a, unknown),
  transposed: matmul(a, b, { transposeA: true }),
  computed: add(tensor([size, 3]), a),
  last: reduceSum(a, { axis: -1 }),
  several: reduceSum(a, { axis: [0, 1], keepDims: true }),
  swapped: transpose(a, [1, 0]),
  reversed: transpose(a),
  joined: concat([a, b], 1),
};

expectType<Equal<typeof network.pooled, Tensor<[null, number, number, 32], "float32">>>();
expectType<Equal<typeof network.flat, Tensor<[null, 3136], "float32">>>();
expectType<Equal<typeof network.logits, Tensor<[null, 10], "float32">>>();
expectType<Equal<typeof network.loss, Tensor<[], "float32">>>();
expectType<Equal<typeof sums.scalar, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof sums.scalarFirst, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof sums.nested, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof sums.nestedLast, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof sums.unknown, Tensor<Shape, "float32">>>();
expectType<Equal<typeof sums.transposed, Tensor<[3, 4], "float32">>>();
expectType<Equal<typeof sums.computed, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof sums.last, Tensor<[2], "float32">>>();
expectType<Equal<typeof sums.several, Tensor<[1, 1], "float32">>>();
expectType<Equal<typeof sums.swapped, Tensor<[3, 2], "float32">>>();
expectType<Equal<typeof sums.reversed, Tensor<[3, 2], "float32">>>();
expectType<Equal<typeof sums.joined, Tensor<[2, number], "float32">>>();

const long = tensor([2, 1, 3]);
expectShape<[4, 2, 3]>()(ops.broadcastTo(a, [4, 2, 3]));
expectShape<[2, 3]>()(ops.assign(tensor([null, 3]), a));
expectShape<[3]>()(ops.argMax(a));
expectShape<[2, 2]>()(ops.topK(a, 2).values);
expectShape<[2, 3, 1]>()(ops.expandDims(a, -1));
expectShape<[2, 3]>()(ops.squeeze(long));
expectShape<[2, 3]>()(ops.squeeze(long, { axis: [1] }));
expectShape<[2, number]>()(
  ops.pad(a, [
    [0, 0],
    [1, 1],
  ]),
);
expectShape<[number, 3]>()(ops.tile(a, [2, 1]));
expectShape<[1, number]>()(ops.slice(a, [0, 0], [1, -1]));
expectShape<[3, 2, 3]>()(ops.stack([a, a, a]));
expectShape<[number, 3]>()(ops.gather(a, [0, 1]));
expectShape<[32, 10]>()(ops.oneHot(tensor([32]), 10));
expectShape<[2]>()(ops.softmaxCrossEntropy({ labels: a, logits: a }));
expectShape<[2]>()(ops.unstack(a, 1)[0]!);
expectShape<[2, number]>()(ops.split(a, 3, 1)[0]!);
expectShape<[null, number, number, 8]>()(ops.depthwiseConv2d(images, tensor([3, 3, 1, 8])));
expectShape<[null, number, number, 8]>()(ops.conv2dTranspose(images, tensor([3, 3, 8, 1])));

// Each of these prints: Argument of type 'Tensor<[...], "float32">' is not assignable to parameter of type '"..."'.

// @ts-expect-error "add: shapes [2, 3] and [2, 4] do not broadcast"
add(a, b);
// @ts-expect-error "matmul: inner dimensions of [2, 3] and [2, 4] differ: 3 and 2"
matmul(a, b);
// @ts-expect-error "matmul: inner dimensions of [2, 3] and [2, 4] transposed differ: 3 and 4"
matmul(a, b, { transposeB: true });
// @ts-expect-error "conv2d: images [?, 28, 28, 1] and filter [5, 5, 3, 32] disagree on channels: 1 and 3"
conv2d(images, tensor([5, 5, 3, 32]), { strides: 1, padding: "SAME" });
// @ts-expect-error "maxPool: images are [batch, height, width, channels], not [2, 3]"
maxPool(a, { size: 2, padding: "SAME" });
// @ts-expect-error "biasAdd: the last dimension of [2, 3] is 3, the bias has 4"
biasAdd(a, tensor([4]));
// @ts-expect-error "reduceSum: shape [2, 3] has no axis 2"
reduceSum(a, { axis: 2 });
// @ts-expect-error "reduceSum: shape [2, 3] has no axis 5"
reduceSum(a, { axis: [0, 5] });
// @ts-expect-error "reshape: [-1, -1] has more than one -1"
reshape(a, [-1, -1]);
// @ts-expect-error "transpose: perm [0, 0] is not an order of the axes of [2, 3]"
transpose(a, [0, 0]);
// @ts-expect-error "concat: shapes [2, 3] and [2, 4] differ outside axis 0"
concat([a, b], 0);
// @ts-expect-error "sparseSoftmaxCrossEntropy: labels [2, 4] are not logits [2, 3] without the last axis"
sparseSoftmaxCrossEntropy({ labels: b, logits: a });

// In a generic function open shapes pass, and callers get what the body's ops give.
function swish<Dims extends Shape>(x: Tensor<Dims, "float32">) {
  return add(add(x, relu(x)), 1);
}
function dense<Dims extends Shape>(x: Tensor<Dims, "float32">) {
  return relu(biasAdd(matmul(x, tensor([3, 7])), tensor([7])));
}
function rows<N extends number>(x: Tensor<[N, 3], "float32">) {
  return reduceSum(add(x, a), { axis: 1 });
}
function both<A extends TensorLike, B extends TensorLike>(x: A, y: B) {
  return add(reduceSum(x, { axis: 0 }), concat([x, y], 0));
}
function convolved<Dims extends Shape>(x: Tensor<Dims, "float32">) {
  return maxPool(conv2d(x, filter, { strides: 1, padding: "SAME" }), { size: 2, padding: "SAME" });
}
function turned<Dims extends Shape>(x: Tensor<Dims, "float32">, labels: Tensor<Shape, "int32">) {
  return sparseSoftmaxCrossEntropy({ labels, logits: transpose(x, [1, 0]) });
}

const generic = {
  swish: swish(a),
  dense: dense(a),
  rows: rows(a),
  both: both(a, a),
  convolved: convolved(images),
  turned: turned(a, unknown as Tensor<Shape, "int32">),
};

expectType<Equal<typeof generic.swish, Tensor<[2, 3], "float32">>>();
expectType<Equal<typeof generic.dense, Tensor<[2, 7], "float32">>>();
expectType<Equal<typeof generic.rows, Tensor<[2], "float32">>>();
expectType<Equal<typeof generic.both, Tensor<[number, 3], "float32">>>();
expectType<Equal<typeof generic.convolved, Tensor<[null, number, number, 32], "float32">>>();
expectType<Equal<typeof generic.turned, Tensor<[3], "float32">>>();
