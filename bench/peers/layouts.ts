/** From Millrace's layouts, channels last, to those of peers that want them first. */

/** `[batch, height, width, channels]` to `[batch, channels, height, width]`. */
export function toChannelsFirst(values: Float32Array, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  const pixels = height * width;
  const result = new Float32Array(values.length);
  for (let image = 0; image < batch; image++) {
    const start = image * pixels * channels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        result[start + channel * pixels + pixel] = values[start + pixel * channels + channel] ?? 0;
      }
    }
  }
  return result;
}

/** `[height, width, inChannels, outChannels]` to `[outChannels, inChannels, height, width]`. */
export function toFiltersFirst(values: Float32Array, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const [height = 0, width = 0, inChannels = 0, outChannels = 0] = shape;
  const taps = height * width;
  const result = new Float32Array(values.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let input = 0; input < inChannels; input++) {
      for (let output = 0; output < outChannels; output++) {
        result[(output * inChannels + input) * taps + tap] =
          values[(tap * inChannels + input) * outChannels + output] ?? 0;
      }
    }
  }
  return result;
}
