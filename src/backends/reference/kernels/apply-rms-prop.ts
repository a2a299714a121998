import type { ReferenceKernel } from "../kernel.ts";

export const applyRMSProp: ReferenceKernel<"ApplyRMSProp"> = ({ inputs }) => {
  const [w, s, a] = inputs.map(({ data }) => data) as [Float64Array, Float64Array, Float64Array];
  const [eta, rho, mu, epsilon] = inputs.slice(3, 7).map(({ data }) => data[0]!) as [number, number, number, number];
  const g = inputs[7]!.data;
  for (let i = 0; i < w.length; i++) {
    s[i] = rho * s[i]! + (1 - rho) * g[i]! ** 2;
    a[i] = mu * a[i]! + (eta * g[i]!) / Math.sqrt(s[i]! + epsilon);
    w[i]! -= a[i]!;
  }
};
