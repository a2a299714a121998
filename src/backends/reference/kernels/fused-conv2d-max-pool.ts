import { sizeOf } from "../../../core/shape.ts";
import { finish } from "../epilogue.ts";
import type { ReferenceKernel, Values } from "../kernel.ts";
import { conv2D } from "./conv2d.ts";
import { maxPool } from "./max-pool.ts";

export const fusedConv2DMaxPool: ReferenceKernel<"FusedConv2DMaxPool"> = (call) => {
  const { inputs, attrs, geometry } = call;
  const { batch, outHeight, outWidth, outChannels } = geometry.convolution;
  const shape = [batch, outHeight, outWidth, outChannels];
  const sums: Values = { shape, dtype: "float32", data: new Float64Array(sizeOf(shape)) };
  conv2D({ inputs, outputs: [sums], geometry: geometry.convolution });
  finish(sums, inputs[2], attrs.activation);
  maxPool({ ...call, inputs: [sums], attrs: attrs.pool, geometry: geometry.pool });
};
