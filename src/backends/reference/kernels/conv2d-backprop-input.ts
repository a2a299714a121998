import { type ConvolutionCall, forEachProduct } from "../convolution.ts";

export function conv2DBackpropInput({ inputs: [filter, dy], outputs: [dImages], geometry }: ConvolutionCall): void {
  forEachProduct(geometry, (image, weight, result) => {
    dImages!.data[image]! += dy!.data[result]! * filter!.data[weight]!;
  });
}
