import { type ConvolutionCall, forEachProduct } from "../convolution.ts";

export function conv2D({ inputs: [images, filter], outputs: [y], geometry }: ConvolutionCall): void {
  forEachProduct(geometry, (image, weight, result) => {
    y!.data[result]! += images!.data[image]! * filter!.data[weight]!;
  });
}
