import type { NetworkParts } from "./network.ts";

/** How many images an arm trains on: which of the configuration's sizes. */
export type Amount = "few" | "some" | "all";

export const AMOUNTS: readonly Amount[] = ["few", "some", "all"];

/** A network and how it is trained. Arms differ from the first one in one part, and in how many images they see. */
export interface Arm extends NetworkParts {
  readonly name: ArmName;
  readonly augmentation: boolean;
  readonly amount: Amount;
}

export type ArmName =
  | "base"
  | "tanh"
  | "sigmoid"
  | "dropout"
  | "no normalization"
  | "batch normalization"
  | "no augmentation"
  | "base, few images"
  | "dropout, few images"
  | "no augmentation, few images"
  | "base, all images"
  | "no augmentation, all images";

/**
 * What all are compared with. It has no dropout: networks that have it learn slowly, and in the minutes that there are
 * nothing else would be seen. The paper tried its claim about relu without dropout, too (section 3.1).
 */
const BASE = {
  activation: "relu",
  normalization: "lrn",
  dropout: false,
  augmentation: true,
  amount: "some",
} as const;

export const ARMS: readonly Arm[] = [
  { ...BASE, name: "base" },
  { ...BASE, name: "tanh", activation: "tanh" },
  { ...BASE, name: "sigmoid", activation: "sigmoid" },
  { ...BASE, name: "dropout", dropout: true },
  { ...BASE, name: "no normalization", normalization: "none" },
  { ...BASE, name: "batch normalization", normalization: "batch" },
  { ...BASE, name: "no augmentation", augmentation: false },
  { ...BASE, name: "base, few images", amount: "few" },
  { ...BASE, name: "dropout, few images", dropout: true, amount: "few" },
  { ...BASE, name: "no augmentation, few images", augmentation: false, amount: "few" },
  { ...BASE, name: "base, all images", amount: "all" },
  { ...BASE, name: "no augmentation, all images", augmentation: false, amount: "all" },
];

/** Those whose learning rate is searched. */
export const TUNED: readonly Arm[] = ARMS.filter(({ amount }) => amount === BASE.amount);

/** The arm that has the same parts and whose learning rate was searched. */
export function tunedArmOf(arm: Arm): Arm {
  return TUNED.find((other) => partsOf(other) === partsOf(arm)) ?? arm;
}

function partsOf({ activation, normalization, dropout, augmentation }: Arm): string {
  return [activation, normalization, dropout, augmentation].join();
}
