import * as tf from "../../src/index.ts";

/** The learning notes' first program, on the default backend: 0.1 a + 0.2 b + 0.3 from 100 points. Returns W and b. */
export function fitPlane(): Promise<number[]> {
  return new tf.Graph().asDefault(async () => {
    tf.setRandomSeed(1);
    const points = Array.from({ length: 100 }, (_, i) => [(i * 0.37) % 1, (i * 0.61) % 1] as const);
    const x = [points.map(([a]) => a), points.map(([, b]) => b)];
    const y = points.map(([a, b]) => 0.1 * a + 0.2 * b + 0.3);

    const b = tf.variable(tf.zeros([1]));
    const w = tf.variable(tf.randomUniform([1, 2], { minval: -1, maxval: 1 }));
    const loss = tf.reduceMean(tf.square(tf.matmul(w, x).add(b).sub([y])));
    const train = new tf.train.GradientDescentOptimizer(0.5).minimize(loss);

    await using session = new tf.Session();
    await session.run(tf.globalVariablesInitializer());
    for (let step = 0; step < 400; step++) await session.run(train);
    const [weights, bias] = await session.run([w, b]);
    return [...weights.data, ...bias.data];
  });
}
