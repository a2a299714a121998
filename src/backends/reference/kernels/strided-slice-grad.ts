import type { ReferenceKernel } from "../kernel.ts";
import { sliceIndex } from "./slice.ts";

export const stridedSliceGrad: ReferenceKernel<"StridedSliceGrad"> = ({ inputs: [dy], outputs: [dx], geometry }) => {
  for (let i = 0; i < dy!.data.length; i++) dx!.data[sliceIndex(i, dx!.shape, geometry)] = dy!.data[i]!;
};
