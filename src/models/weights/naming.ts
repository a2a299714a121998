import { ValueError } from "../../core/errors.ts";
import type { ConcreteShape } from "../../core/shape.ts";
import type { Variable } from "../../ops/variable.ts";
import { type Conversion, fromOIHW, fromOutIn, fromPooledOutIn, same, shifted } from "./conversion.ts";
import type { ModelLayers, WeightedLayer } from "./model-layers.ts";
import { KERAS, type LayerNames, TIMM_DENSE, TORCHVISION, TORCHVISION_BATCH_NORM } from "./name-tables.ts";

/**
 * Who names the weights, and so how they are laid out.
 *
 * - `millrace`: as the variables here, `conv1/weights`; nothing is converted.
 * - `torchvision`: `features.0.weight`, filters OIHW, fully connected layers [out, in], flattened channels first.
 * - `timm`: the same features; `pre_logits.fc1.weight` [4096, 512, 7, 7] and `head.fc.weight`. VGG only.
 * - `keras`: `block1_conv1/kernel`, laid out as here: what Keras' .h5 files become when they are read.
 * - `keras-variables`: `layers/conv2d/vars/0`, Keras 3's `.weights.h5`, which number layers instead of naming them.
 */
export type Naming = "millrace" | "torchvision" | "timm" | "keras" | "keras-variables";

/** In the order in which files are tried to be recognised. */
export const NAMINGS: readonly Naming[] = ["millrace", "torchvision", "timm", "keras", "keras-variables"];

/** A stored tensor and the variable it belongs to. */
export interface Binding {
  readonly stored: string;
  readonly layer: string;
  readonly variable: Variable;
  readonly conversion: Conversion;
}

/** Names in a file that carry nothing: PyTorch counts the batches that a normalization saw. */
export function isIgnored(name: string): boolean {
  return name.endsWith(".num_batches_tracked");
}

/** Every variable of a model with its stored name; null when the naming has no names for this network. */
export function bindingsOf(layers: ModelLayers, naming: Naming): Binding[] | null {
  return BINDERS[naming](layers);
}

type Binder = (layers: ModelLayers) => Binding[] | null;

const BINDERS: Readonly<Record<Naming, Binder>> = {
  millrace: (layers) => allLayers(layers).flatMap((layer) => bindLayer(layer, ownNames(layer))),
  torchvision: (layers) => bindPyTorch(layers, "torchvision"),
  timm: (layers) => bindPyTorch(layers, "timm"),
  keras: bindKeras,
  "keras-variables": bindKerasVariables,
};

/** @throws ValueError when the naming has no names for this network. */
export function requireBindings(layers: ModelLayers, naming: Naming): Binding[] {
  const bindings = bindingsOf(layers, naming);
  if (bindings !== null) return bindings;
  const network = layers.modelName ?? `a network of ${layers.convolutions.length} convolutions`;
  const possible = NAMINGS.filter((other) => bindingsOf(layers, other) !== null);
  throw new ValueError({
    problem: `weights of ${network} have no names in "${naming}".`,
    fix: `use ${possible.map((name) => `"${name}"`).join(" or ")}.`,
  });
}

function allLayers({ convolutions, dense }: ModelLayers): WeightedLayer[] {
  return [...convolutions, ...dense];
}

/** The stored names of one layer's variables; of the running statistics with PyTorch's epsilon. */
interface LayerBinding {
  readonly weights: string;
  readonly biases: string;
  readonly scale?: string;
  readonly offset?: string;
  readonly mean?: string;
  readonly variance?: string;
  readonly conversion?: Conversion;
  readonly epsilon?: number;
}

function bindLayer(layer: WeightedLayer, names: LayerBinding): Binding[] {
  const bind = (stored: string | undefined, variable: Variable, conversion?: Conversion): Binding[] =>
    stored === undefined
      ? []
      : [{ stored, layer: layer.name, variable, conversion: conversion ?? same(variable.shape as ConcreteShape) }];
  const bound = [...bind(names.weights, layer.weights, names.conversion), ...bind(names.biases, layer.biases)];
  if (layer.normalization === null) return bound;
  const { scale, offset, mean, variance, epsilon } = layer.normalization;
  // Only variance + epsilon counts: where the other library's epsilon differs, the variance makes up for it.
  const shift = shifted(variance.shape as ConcreteShape, (names.epsilon ?? epsilon) - epsilon);
  bound.push(
    ...bind(names.scale, scale),
    ...bind(names.offset, offset),
    ...bind(names.mean, mean),
    ...bind(names.variance, variance, shift),
  );
  return bound;
}

function ownNames({ weights, biases, normalization }: WeightedLayer): LayerBinding {
  const plain = { weights: weights.op.name, biases: biases.op.name };
  if (normalization === null) return plain;
  const { scale, offset, mean, variance } = normalization;
  return { ...plain, scale: scale.op.name, offset: offset.op.name, mean: mean.op.name, variance: variance.op.name };
}

/** torch.nn.BatchNorm2d's default. */
const PYTORCH_EPSILON = 1e-5;

function bindPyTorch(layers: ModelLayers, naming: "torchvision" | "timm"): Binding[] | null {
  const tables = isNormalized(layers) ? TORCHVISION_BATCH_NORM : TORCHVISION;
  const table = layers.modelName === null ? undefined : tables[layers.modelName];
  // timm has no AlexNet.
  if (table === undefined || (naming === "timm" && layers.modelName === "alexnet")) return null;
  const dense = naming === "timm" ? TIMM_DENSE : table.dense;
  const convolutions = layers.convolutions.flatMap((layer, index) => {
    const conversion = fromOIHW(layer.weights.shape as ConcreteShape);
    return bindLayer(layer, { ...pyTorchNames(table, index), conversion, epsilon: PYTORCH_EPSILON });
  });
  const connected = layers.dense.flatMap((layer, index) => {
    const asConvolution = naming === "timm" && index < layers.dense.length - 1;
    const shape = layer.weights.shape as ConcreteShape;
    const conversion =
      index === 0 && isPooled(layers, naming)
        ? fromPooledOutIn(shape, layers.flattened, { grid: gridOf(layers), asConvolution })
        : fromOutIn(shape, index === 0 ? layers.flattened : null, asConvolution);
    return bindLayer(layer, { weights: `${dense[index]!}.weight`, biases: `${dense[index]!}.bias`, conversion });
  });
  return [...convolutions, ...connected];
}

/** Behind the adaptive pool: what images of 224 x 224 come to anyway. */
function gridOf({ modelName }: ModelLayers): number {
  return modelName === "alexnet" ? 6 : 7;
}

/** torchvision pools images of any size; timm only those that are too small for its filter of 7 x 7. */
function isPooled(layers: ModelLayers, naming: "torchvision" | "timm"): boolean {
  const [height = 0, width = 0] = layers.flattened;
  return naming === "torchvision" || Math.max(height, width) <= gridOf(layers);
}

function pyTorchNames({ convolutions, normalizations }: LayerNames, index: number): LayerBinding {
  const name = convolutions[index]!;
  const plain = { weights: `${name}.weight`, biases: `${name}.bias` };
  const norm = normalizations?.[index];
  if (norm === undefined) return plain;
  return {
    ...plain,
    scale: `${norm}.weight`,
    offset: `${norm}.bias`,
    mean: `${norm}.running_mean`,
    variance: `${norm}.running_var`,
  };
}

function bindKeras(layers: ModelLayers): Binding[] | null {
  const table = layers.modelName === null ? undefined : KERAS[layers.modelName];
  if (table === undefined) return null;
  const names = [...table.convolutions, ...table.dense];
  return allLayers(layers).flatMap((layer, index) => {
    const name = names[index]!;
    const norm = `${name}_bn`;
    return bindLayer(layer, {
      weights: `${name}/kernel`,
      biases: `${name}/bias`,
      scale: `${norm}/gamma`,
      offset: `${norm}/beta`,
      mean: `${norm}/moving_mean`,
      variance: `${norm}/moving_variance`,
    });
  });
}

/** Keras 3 numbers the layers of a class, the first without a number, and the variables of a layer. */
function bindKerasVariables({ convolutions, dense }: ModelLayers): Binding[] {
  const numbered = (kind: string, index: number): string => `layers/${index === 0 ? kind : `${kind}_${index}`}/vars`;
  const bind =
    (kind: string) =>
    (layer: WeightedLayer, index: number): Binding[] => {
      const own = numbered(kind, index);
      const norm = numbered("batch_normalization", index);
      return bindLayer(layer, {
        weights: `${own}/0`,
        biases: `${own}/1`,
        scale: `${norm}/0`,
        offset: `${norm}/1`,
        mean: `${norm}/2`,
        variance: `${norm}/3`,
      });
    };
  return [...convolutions.flatMap(bind("conv2d")), ...dense.flatMap(bind("dense"))];
}

function isNormalized({ convolutions }: ModelLayers): boolean {
  return convolutions.some(({ normalization }) => normalization !== null);
}
