import type { Conv2DGeometry } from "../../ops/shared/conv2d-geometry.ts";
import type { ReferenceCall } from "./kernel.ts";

/** What a convolution, depthwise or not, reads of its call. */
export type ConvolutionCall = Pick<ReferenceCall<"Conv2D">, "inputs" | "outputs" | "geometry">;

/** What one multiplication of a convolution touches: elements of the images, the filter and the result. */
type Product = (image: number, weight: number, result: number) => void;

/**
 * Names every multiplication of a convolution once: result += image * weight. Its gradients are the same products with
 * the roles exchanged. Taps that fall into the padding are left out: they are zeros.
 *
 * Images `[batch, inHeight, inWidth, inChannels]`, filter `[kernelHeight, kernelWidth, inChannels / groups, outChannels]`,
 * result `[batch, outHeight, outWidth, outChannels]`.
 */
export function forEachProduct(geometry: Conv2DGeometry, product: Product): void {
  const { groups, inChannels, outChannels } = geometry;
  const inside = inChannels / groups;
  const outside = outChannels / groups;
  forEachTap(geometry, (imageCell, tap, resultCell) => {
    for (let group = 0; group < groups; group++) {
      for (let i = group * inside; i < (group + 1) * inside; i++) {
        const weights = (tap * inside + i - group * inside) * outChannels;
        for (let o = group * outside; o < (group + 1) * outside; o++) {
          product(imageCell * inChannels + i, weights + o, resultCell * outChannels + o);
        }
      }
    }
  });
}

/** Every cell of the result with every tap of the kernel, and the cell of the images it lies on; cells row by row. */
function forEachTap(g: Conv2DGeometry, visit: (imageCell: number, tap: number, resultCell: number) => void): void {
  for (let resultCell = 0; resultCell < g.batch * g.outHeight * g.outWidth; resultCell++) {
    const x = resultCell % g.outWidth;
    const y = Math.floor(resultCell / g.outWidth) % g.outHeight;
    const n = Math.floor(resultCell / g.outWidth / g.outHeight);
    for (let tapY = 0; tapY < g.kernelHeight; tapY++) {
      const row = y * g.strideHeight - g.padTop + tapY * g.dilationHeight;
      if (row < 0 || row >= g.inHeight) continue;
      for (let tapX = 0; tapX < g.kernelWidth; tapX++) {
        const column = x * g.strideWidth - g.padLeft + tapX * g.dilationWidth;
        if (column < 0 || column >= g.inWidth) continue;
        visit((n * g.inHeight + row) * g.inWidth + column, tapY * g.kernelWidth + tapX, resultCell);
      }
    }
  }
}
