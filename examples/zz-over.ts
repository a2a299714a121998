import * as tf from "millrace";
import { loadImages, openImageData } from "millrace/node";
const d = await openImageData("/tmp/tr/shapes2");
const { resize, centerCrop, normalize } = tf.data.augment;
const N = 320;
const b = loadImages(d.train, { batchSize: N, transforms: [resize(64), centerCrop(64), normalize({mean:[127.5,127.5,127.5],deviation:[127.5,127.5,127.5]})], shuffle: true, seed: 1 });
let first;
for await (const x of b) { first = { images: x.images.slice(), labels: x.labels.slice() }; break; }
await b.close();
const data = tf.train.arrayBatches(first!.images, first!.labels, { imageShape: [64,64,3], batchSize: 32, shuffle: true });
const [lr, clip, init] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const lecun = (shape: readonly number[], fanIn: number) => tf.randomUniform([...shape], { minval: -1/Math.sqrt(fanIn), maxval: 1/Math.sqrt(fanIn) });
await using session = new tf.Session();
await tf.train.fit({ session, data, seed: 0, epochs: Number(process.argv[5]), learningRate: lr, ...(clip ? { clipNorm: clip } : {}),
  network: ({ images, training }) => tf.models.alexnet({ images, training, classes: 10, dropoutRate: 0, ...(process.argv[6] ? { normalization: process.argv[6] as "batch" } : {}), initializer: (s, f, o) => init === "he" ? (o === 10 ? tf.layers.truncatedNormal(0.01)(s, f) : tf.layers.heNormal(s, f)) : lecun(s, f) }),
  callbacks: [{ onEpoch: (r) => console.log(r.epoch, r.loss.toFixed(3), r.accuracy.toFixed(3)) }] });
