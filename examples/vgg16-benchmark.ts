/**
 * The learning notes' last chapter, "VGG16", which they leave empty: thirteen convolutions and five pools in the harness
 * of the AlexNet benchmark.
 *
 *     node_modules/.bin/node -C millrace-source examples/vgg16-benchmark.ts [batchSize] [numBatches] [imageSize]
 */
import * as tf from "millrace";
import { printActivations, timeRun } from "./time-run.ts";

const [batchSize = 32, numBatches = 10, imageSize = 224] = process.argv.slice(2).map(Number);
const numStepsBurnIn = 1;

/** Convolutions and their channels, block by block. Simonyan and Zisserman, 2015, table 1, configuration D. */
const blocks = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

function inference(images: tf.Tensor): { pool5: tf.Tensor; parameters: tf.Variable[] } {
  const parameters: tf.Variable[] = [];
  let x = images;

  for (const [block, widths] of blocks.entries()) {
    for (const [layer, outChannels] of widths.entries()) {
      x = tf.nameScope(`conv${block + 1}_${layer + 1}`, (scope) => {
        const shape = [3, 3, x.shape[3] ?? 0, outChannels];
        // Not the notes' deviation of 0.1: through thirteen layers the activations would grow without bound.
        const initial = tf.models.heNormal(shape, 3 * 3 * (x.shape[3] ?? 0));
        const kernel = tf.variable(initial, { name: "weights" });
        const wx = tf.nn.conv2d(x, kernel, { strides: [1, 1, 1, 1], padding: "SAME" });
        const biases = tf.variable(tf.zeros([outChannels]), { name: "biases" });
        const wxAddB = tf.nn.biasAdd(wx, biases);
        parameters.push(kernel, biases);
        return tf.nn.relu(wxAddB, { name: scope });
      });
      printActivations(x);
    }

    const name = `pool${block + 1}`;
    x = tf.nn.maxPool(x, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID", name });
    printActivations(x);
  }

  return { pool5: x, parameters };
}

async function runBenchmark(): Promise<void> {
  await new tf.Graph().asDefault(async () => {
    const images = tf.variable(tf.randomNormal([batchSize, imageSize, imageSize, 3], { stddev: 1e-1 }));
    const { pool5, parameters } = inference(images);

    const init = tf.globalVariablesInitializer();
    const sess = new tf.Session();
    await sess.run(init);

    await timeRun(sess, pool5, "Forward", numBatches, numStepsBurnIn);
    const objective = tf.nn.l2Loss(pool5);
    const grad = tf.gradients(objective, parameters);
    await timeRun(sess, grad, "Forward-backward", numBatches, numStepsBurnIn);
    await sess.close();
  });
}

await runBenchmark();
