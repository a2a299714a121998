/**
 * The learning notes' first program: a plane fitted by gradient descent.
 *
 *     node_modules/.bin/node -C millrace-source examples/fit-plane.ts
 */
import * as tf from "millrace";

// Phony data, 100 points, as np.random.rand(2, 100) makes it: uniform from 0 to 1.
const random = (): number[] => Array.from({ length: 100 }, () => Math.random());
const xData = [random(), random()] as const;
const yData = xData[0].map((x0, i) => 0.1 * x0 + 0.2 * (xData[1][i] ?? 0) + 0.3);

// A linear model. W starts anywhere between -1 and 1.
const b = tf.variable(tf.zeros([1]));
const W = tf.variable(tf.randomUniform([1, 2], { minval: -1.0, maxval: 1.0 }));
const y = tf.matmul(W, xData).add(b);

// Minimize the mean of the squared errors.
const loss = tf.reduceMean(tf.square(y.sub(yData)));
const optimizer = new tf.train.GradientDescentOptimizer(0.5);
const train = optimizer.minimize(loss);

// Initialize the variables; the notes' initialize_all_variables is TensorFlow's older name of this.
const init = tf.globalVariablesInitializer();

// Launch the graph.
const sess = new tf.Session();
await sess.run(init);

// Fit the plane. `run` answers when the result is there, hence `await`.
for (let step = 0; step < 201; step++) {
  await sess.run(train);
  if (step % 20 === 0) {
    console.log(step, String(await sess.run(W)), String(await sess.run(b)));
  }
}

// The best fit is W: [[0.100 0.200]], b: [0.300].
await sess.close();
