import { Command } from "commander";
import * as tf from "millrace";
import { imageSizeOption, modelArgument, normalizationOption, wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { type Column, formatAmount, formatBytes, formatCount, formatShape, formatTable } from "../terminal/format.ts";

export interface SummaryOptions {
  readonly imageSize?: number;
  readonly classes?: number;
  readonly normalization?: tf.models.Normalization;
}

export function summaryCommand(): Command {
  return new Command("summary")
    .summary("list layers, shapes, parameters, work, memory")
    .description(
      "Lists the layers of a whole network with output shape, parameters, work and bytes of activations, the last two " +
        "for one image. FLOP counts two for each multiply-add of convolutions and fully connected layers, forward.",
    )
    .addArgument(modelArgument())
    .addOption(imageSizeOption())
    .addOption(
      wholeNumber("-c, --classes <n>", "outputs of the last layer (default: the paper's)", { from: 1, to: 1_000_000 }),
    )
    .addOption(normalizationOption())
    .action((model: tf.models.ModelName, options: SummaryOptions) => {
      using display = new Display();
      for (const line of summaryOf(model, options)) display.line(line);
    });
}

const COLUMNS: readonly Column[] = [
  { title: "layer" },
  { title: "what" },
  { title: "output" },
  { title: "parameters", right: true },
  { title: "MFLOP", right: true },
  { title: "activations", right: true },
];

const BYTES_OF_FLOAT = 4;

/** The lines that the command prints. */
export function summaryOf(model: tf.models.ModelName, options: SummaryOptions): string[] {
  return new tf.Graph().asDefault(() => {
    const architecture = tf.models.architectures[model];
    const { normalization = architecture.normalization } = options;
    const { images, activations, parameters } = tf.models[model](options);
    const layers = activations.map((output, index) => {
      const name = output.op.name;
      const own = parameters.filter((parameter) => parameter.op.name.startsWith(`${name}/`));
      const weights = own.find((parameter) => parameter.op.name === `${name}/weights`);
      // Every position of the output is a product of all the layer's weights.
      const positions = sizeOf(output.shape.slice(1, -1));
      return {
        name,
        what: describeLayer(architecture, index, normalization),
        shape: output.shape,
        parameters: total(own.map(({ shape }) => sizeOf(shape))),
        flops: weights === undefined ? 0 : 2 * sizeOf(weights.shape) * positions,
        bytes: sizeOf(output.shape) * BYTES_OF_FLOAT,
      };
    });
    const rows = layers.map(({ name, what, shape, flops, bytes, ...layer }) => [
      name,
      what,
      formatShape(shape),
      formatCount(layer.parameters),
      flops === 0 ? "" : formatAmount(flops / 1e6),
      formatBytes(bytes),
    ]);
    const count = total(layers.map((layer) => layer.parameters));
    const flops = total(layers.map((layer) => layer.flops));
    const bytes = total(layers.map((layer) => layer.bytes));
    return [
      `${model}: ${architecture.source}`,
      `images ${formatShape(images.shape)}: batch, height, width, channels`,
      "",
      ...formatTable(COLUMNS, rows),
      "",
      `${formatCount(count)} parameters in ${formatBytes(count * BYTES_OF_FLOAT)}`,
      `for one image: ${formatAmount(flops / 1e9)} GFLOP, ${formatBytes(bytes)} of activations`,
    ];
  });
}

/** A layer of the table in words; those after its end are fully connected. */
function describeLayer(
  { features, activation, dense }: tf.models.Architecture,
  index: number,
  normalization: tf.models.Normalization,
): string {
  const layer = features[index];
  if (layer === undefined) {
    return index - features.length < dense.length ? `fully connected, ${activation}` : "fully connected";
  }
  if (layer.kind === "pool") return `${layer.pooling} pool ${layer.size}x${layer.size}${stride(layer.stride)}`;
  const convolution = `conv ${layer.kernel}x${layer.kernel}${stride(layer.stride)} ${layer.padding}`;
  const before = normalization === "batch" ? ", batch norm" : "";
  const after = normalization === "lrn" && layer.lrn ? ", lrn" : "";
  return `${convolution}${before}, ${activation}${after}`;
}

function stride(step: number): string {
  return step === 1 ? "" : ` / ${step}`;
}

/** Elements of a shape, of one image where the batch is unknown. */
function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((size, dimension) => size * (dimension ?? 1), 1);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
