/** Where a network looks. @see Selvaraju et al., "Grad-CAM: visual explanations from deep networks", ICCV 2017. */
import * as tf from "millrace";

/** A network whose last convolution can be asked. */
export interface ExplainedNetwork extends tf.train.Classifier {
  /** The result of the last convolution, `[batch, height, width, channels]`. */
  readonly lastConvolution: tf.Tensor;
  /** The result of the first. */
  readonly firstConvolution: tf.Tensor;
}

export interface Heat {
  /** From 0 to 1, row by row. */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Adds what Grad-CAM asks to the graph; a function that asks it about an image and a class. */
export function gradCam(
  network: ExplainedNetwork,
): (session: tf.Session, image: Float32Array, label: number) => Promise<Heat> {
  const { images, logits, lastConvolution } = network;
  const [chosen, slope] = logits.graph.asDefault(() => {
    const weights: tf.Tensor = tf.placeholder("float32", [null, logits.shape[1] ?? null], { name: "grad_cam/class" });
    const [gradient] = tf.gradients(tf.reduceSum(tf.mul(logits, weights)), [lastConvolution]);
    return [weights, gradient] as const;
  });
  return async (session, image, label) => {
    const classes = logits.shape[1] ?? 0;
    const one = Float32Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0));
    if (slope === null)
      throw new tf.GradientError({ problem: "grad-cam: the logits do not depend on the convolution." });
    const [maps, slopes] = await session.run(
      [lastConvolution, slope as tf.Tensor],
      [
        [images, image],
        [chosen, one],
      ],
    );
    return heatOf(maps, slopes);
  };
}

function heatOf({ data: maps, shape }: tf.NDArray, { data: slopes }: tf.NDArray): Heat {
  const [, height = 0, width = 0, channels = 0] = shape;
  const weights = new Float64Array(channels);
  for (const [index, slope] of slopes.entries()) weights[index % channels] = weights[index % channels]! + slope;
  const values = new Float32Array(height * width);
  for (let at = 0; at < values.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += weights[channel]! * (maps[at * channels + channel] ?? 0);
    values[at] = Math.max(sum, 0);
  }
  const highest = values.reduce((high, value) => Math.max(high, value), 0);
  return { values: highest === 0 ? values : values.map((value) => value / highest), height, width };
}

/** A picture with heat over it, in red. */
export function withHeat(picture: tf.data.Image, heat: Heat): tf.data.Image {
  const { height, width } = picture;
  const { pixels } = tf.data.withChannels(picture, 3);
  const mixed = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const strength = 0.6 * sample(heat, (x + 0.5) / width, (y + 0.5) / height);
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * width + x) * 3 + channel;
        mixed[at] = Math.round((1 - strength) * (pixels[at] ?? 0) + strength * (channel === 0 ? 255 : 0));
      }
    }
  }
  return { pixels: mixed, height, width, channels: 3 };
}

/** Between the centres of the cells, in a straight line. */
function sample({ values, height, width }: Heat, u: number, v: number): number {
  const x = Math.min(Math.max(u * width - 0.5, 0), width - 1);
  const y = Math.min(Math.max(v * height - 0.5, 0), height - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const at = (row: number, column: number): number => values[row * width + column] ?? 0;
  const upper = at(top, left) + (x - left) * (at(top, right) - at(top, left));
  const lower = at(bottom, left) + (x - left) * (at(bottom, right) - at(bottom, left));
  return upper + (y - top) * (lower - upper);
}
