import { type ConvolutionCall, forEachProduct } from "../convolution.ts";

export function conv2DBackpropFilter({ inputs: [images, dy], outputs: [dFilter], geometry }: ConvolutionCall): void {
  forEachProduct(geometry, (image, weight, result) => {
    dFilter!.data[weight]! += dy!.data[result]! * images!.data[image]!;
  });
}
