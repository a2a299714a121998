/**
 * The learning notes' second program: the convolutional part of AlexNet, timed forward and forward-backward.
 *
 *     node_modules/.bin/node -C millrace-source examples/alexnet-benchmark.ts [batchSize] [numBatches] [imageSize]
 *
 * `tf.models.buildFeatures` builds the same from a table; here every layer is written out, as in the notes.
 */
import * as tf from "millrace";
import { printActivations, timeRun } from "./time-run.ts";

const [batchSize = 32, numBatches = 100, imageSize = 224] = process.argv.slice(2).map(Number);
const numStepsBurnIn = 10;

function inference(images: tf.Tensor): { pool5: tf.Tensor; parameters: tf.Variable[] } {
  const parameters: tf.Variable[] = [];

  // conv1
  const conv1 = tf.nameScope("conv1", (scope) => {
    const kernel = tf.variable(tf.truncatedNormal([11, 11, 3, 64], { stddev: 1e-1 }), { name: "weights" });
    const wx = tf.nn.conv2d(images, kernel, { strides: [1, 4, 4, 1], padding: "SAME" });
    const biases = tf.variable(tf.constant(0.0, { shape: [64], dtype: "float32" }), {
      trainable: true,
      name: "biases",
    });
    const wxAddB = tf.nn.biasAdd(wx, biases);
    parameters.push(kernel, biases);
    return tf.nn.relu(wxAddB, { name: scope });
  });
  printActivations(conv1);

  const lrn1 = tf.nn.lrn(conv1, { depthRadius: 4, bias: 1.0, alpha: 0.001 / 9, beta: 0.75, name: "lrn1" });
  const pool1 = tf.nn.maxPool(lrn1, { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID", name: "pool1" });
  printActivations(pool1);

  // conv2
  const conv2 = tf.nameScope("conv2", (scope) => {
    const kernel = tf.variable(tf.truncatedNormal([5, 5, 64, 192], { stddev: 1e-1 }), { name: "weights" });
    const wx = tf.nn.conv2d(pool1, kernel, { strides: [1, 1, 1, 1], padding: "SAME" });
    const biases = tf.variable(tf.constant(0.0, { shape: [192], dtype: "float32" }), {
      trainable: true,
      name: "biases",
    });
    const wxAddB = tf.nn.biasAdd(wx, biases);
    parameters.push(kernel, biases);
    return tf.nn.relu(wxAddB, { name: scope });
  });
  printActivations(conv2);

  const lrn2 = tf.nn.lrn(conv2, { depthRadius: 4, bias: 1.0, alpha: 0.001 / 9, beta: 0.75, name: "lrn2" });
  const pool2 = tf.nn.maxPool(lrn2, { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID", name: "pool2" });
  printActivations(pool2);

  // conv3
  const conv3 = tf.nameScope("conv3", (scope) => {
    const kernel = tf.variable(tf.truncatedNormal([3, 3, 192, 384], { stddev: 1e-1 }), { name: "weights" });
    const wx = tf.nn.conv2d(pool2, kernel, { strides: [1, 1, 1, 1], padding: "SAME" });
    const biases = tf.variable(tf.constant(0.0, { shape: [384], dtype: "float32" }), {
      trainable: true,
      name: "biases",
    });
    const wxAddB = tf.nn.biasAdd(wx, biases);
    parameters.push(kernel, biases);
    return tf.nn.relu(wxAddB, { name: scope });
  });
  printActivations(conv3);

  // conv4
  const conv4 = tf.nameScope("conv4", (scope) => {
    const kernel = tf.variable(tf.truncatedNormal([3, 3, 384, 256], { stddev: 1e-1 }), { name: "weights" });
    const wx = tf.nn.conv2d(conv3, kernel, { strides: [1, 1, 1, 1], padding: "SAME" });
    const biases = tf.variable(tf.constant(0.0, { shape: [256], dtype: "float32" }), {
      trainable: true,
      name: "biases",
    });
    const wxAddB = tf.nn.biasAdd(wx, biases);
    parameters.push(kernel, biases);
    return tf.nn.relu(wxAddB, { name: scope });
  });
  printActivations(conv4);

  // conv5
  const conv5 = tf.nameScope("conv5", (scope) => {
    const kernel = tf.variable(tf.truncatedNormal([3, 3, 256, 256], { stddev: 1e-1 }), { name: "weights" });
    const wx = tf.nn.conv2d(conv4, kernel, { strides: [1, 1, 1, 1], padding: "SAME" });
    const biases = tf.variable(tf.constant(0.0, { shape: [256], dtype: "float32" }), {
      trainable: true,
      name: "biases",
    });
    const wxAddB = tf.nn.biasAdd(wx, biases);
    parameters.push(kernel, biases);
    return tf.nn.relu(wxAddB, { name: scope });
  });
  printActivations(conv5);

  const pool5 = tf.nn.maxPool(conv5, { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID", name: "pool5" });
  printActivations(pool5);
  return { pool5, parameters };
}

async function runBenchmark(): Promise<void> {
  await new tf.Graph().asDefault(async () => {
    const images = tf.variable(tf.randomNormal([batchSize, imageSize, imageSize, 3], { stddev: 1e-1 }));
    const { pool5, parameters } = inference(images);

    const init = tf.globalVariablesInitializer();
    const sess = new tf.Session();
    await sess.run(init);

    // time
    await timeRun(sess, pool5, "Forward", numBatches, numStepsBurnIn);
    const objective = tf.nn.l2Loss(pool5);
    const grad = tf.gradients(objective, parameters);
    await timeRun(sess, grad, "Forward-backward", numBatches, numStepsBurnIn);
    await sess.close();
  });
}

// run
await runBenchmark();
