import type { ReferenceKernel } from "../kernel.ts";

export const applyMomentum: ReferenceKernel<"ApplyMomentum"> = ({ inputs, attrs }) => {
  const [w, a, [eta], g, [mu]] = inputs.map(({ data }) => data) as [
    Float64Array,
    Float64Array,
    [number],
    Float64Array,
    [number],
  ];
  for (let i = 0; i < w.length; i++) {
    a[i] = mu * a[i]! + g[i]!;
    w[i]! -= eta * (attrs.nesterov ? g[i]! + mu * a[i]! : a[i]!);
  }
};
