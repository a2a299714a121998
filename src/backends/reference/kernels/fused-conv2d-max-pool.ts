import { sizeOf } from "../../../core/shape.ts";
import { resultShape } from "../../../ops/shared/conv2d-geometry.ts";
import { finish } from "../epilogue.ts";
import type { ReferenceKernel, Values } from "../kernel.ts";
import { conv2D } from "./conv2d.ts";
import { maxPool } from "./max-pool.ts";

export const fusedConv2DMaxPool: ReferenceKernel<"FusedConv2DMaxPool"> = (call) => {
  const { inputs, attrs, geometry } = call;
  const shape = resultShape(geometry.convolution);
  const sums: Values = { shape, dtype: "float32", data: new Float64Array(sizeOf(shape)) };
  conv2D({ inputs, outputs: [sums], geometry: geometry.convolution });
  finish(sums, inputs[2], attrs.activation);
  maxPool({ ...call, inputs: [sums], attrs: attrs.pool, geometry: geometry.pool });
};
