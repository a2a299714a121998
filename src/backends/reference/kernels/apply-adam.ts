import type { ReferenceKernel } from "../kernel.ts";

export const applyAdam: ReferenceKernel<"ApplyAdam"> = ({ inputs }) => {
  const [w, m, v] = inputs.map(({ data }) => data) as [Float64Array, Float64Array, Float64Array];
  const scalars = inputs.slice(3, 10).map(({ data }) => data[0]!);
  const [beta1Power, beta2Power, eta, beta1, beta2, epsilon, lambda] = scalars as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const g = inputs[10]!.data;
  const rate = (eta * Math.sqrt(1 - beta2Power)) / (1 - beta1Power);
  for (let i = 0; i < w.length; i++) {
    m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
    v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
    w[i] = w[i]! - eta * lambda * w[i]! - (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon);
  }
};
