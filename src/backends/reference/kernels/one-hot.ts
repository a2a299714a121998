import { sizeOf } from "../../../core/shape.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const oneHot: ReferenceKernel<"OneHot"> = ({ inputs: [indices], outputs: [y], attrs, geometry: { axis } }) => {
  const { depth, onValue, offValue } = attrs;
  const inner = sizeOf(indices!.shape.slice(axis));
  for (let i = 0; i < y!.data.length; i++) {
    const outer = Math.floor(i / (depth * inner));
    const isOn = indices!.data[outer * inner + (i % inner)] === Math.floor(i / inner) % depth;
    y!.data[i] = isOn ? onValue : offValue;
  }
};
