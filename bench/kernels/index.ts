import { convolutions } from "./convolutions.ts";
import { copies } from "./copies.ts";
import { elementwise } from "./elementwise.ts";
import type { KernelCase } from "./kernel-case.ts";
import { layersOfNetworks } from "./layers.ts";
import { products } from "./products.ts";
import { updates } from "./updates.ts";

/** Every hot kernel: the only list. */
export const kernelCases: readonly KernelCase[] = [
  ...products,
  ...convolutions,
  ...layersOfNetworks,
  ...elementwise,
  ...updates,
  ...copies,
];
