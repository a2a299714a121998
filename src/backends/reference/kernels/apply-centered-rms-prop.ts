import type { ReferenceKernel } from "../kernel.ts";

export const applyCenteredRMSProp: ReferenceKernel<"ApplyCenteredRMSProp"> = ({ inputs }) => {
  const [w, m, s, a] = inputs.map(({ data }) => data) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [eta, rho, mu, epsilon] = inputs.slice(4, 8).map(({ data }) => data[0]!) as [number, number, number, number];
  const g = inputs[8]!.data;
  for (let i = 0; i < w.length; i++) {
    m[i] = rho * m[i]! + (1 - rho) * g[i]!;
    s[i] = rho * s[i]! + (1 - rho) * g[i]! ** 2;
    a[i] = mu * a[i]! + (eta * g[i]!) / Math.sqrt(s[i]! - m[i]! ** 2 + epsilon);
    w[i]! -= a[i]!;
  }
};
