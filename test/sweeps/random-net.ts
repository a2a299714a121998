import { slide } from "../../src/core/window.ts";
import { type Activation, type Geometry, LOSSES, type Net, type Node, OPTIMIZERS, type Parameter } from "./net.ts";

type Shape = readonly number[];
type Pair = readonly [number, number];
/** Each member of the union without what `push` fills in. */
type Wanted<N> = N extends Node ? Omit<N, "inputs" | "parameters"> : never;

const ACTIVATIONS: readonly Activation[] = ["elu", "gelu", "leakyRelu", "relu", "relu6", "sigmoid", "softplus", "tanh"];
/** How large a value may be, and how many products an op may take: small nets leave the reference's loops fast. */
const SMALL = {
  sides: [1, 2, 5, 7, 8, 9, 13, 16, 17, 23],
  channels: [1, 2, 3, 3, 4, 6, 8, 12, 16, 17],
  outChannels: [1, 2, 3, 4, 5, 8, 13, 16, 17, 24, 32, 40],
  largestValue: 12_000,
  mostProducts: 1_500_000,
};
const LARGE = {
  sides: [14, 27, 32, 45, 56],
  channels: [3, 16, 31, 64],
  outChannels: [16, 31, 48, 64, 96, 130, 192, 256],
  largestValue: 400_000,
  mostProducts: 100_000_000,
};
/** Every so many nets are large. */
const LARGE_EVERY = 6;

/** The network of a seed. */
export function randomNet(seed: number): Net {
  return new Builder(seed).build();
}

class Builder {
  readonly #seed: number;
  readonly #random: () => number;
  readonly #sizes: typeof SMALL;
  readonly #nodes: Node[] = [];
  readonly #shapes: Shape[] = [];
  readonly #parameters: Parameter[] = [];

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = mulberry32(seed);
    this.#sizes = seed % LARGE_EVERY === 0 ? LARGE : SMALL;
  }

  build(): Net {
    const side = (): number => this.#pick(this.#sizes.sides);
    const channels = this.#pick(this.#sizes.channels);
    const input = [this.#integer(1, 5), side(), side(), channels];
    this.#shapes.push(input);
    const images = this.#integer(2, 8);
    for (let layer = 0; layer < images; layer++) this.#imageLayer();
    const flat = this.#chance(0.5) && this.#height() * this.#width() > 1 ? "meanPool" : "flatten";
    const [batch = 0, height = 0, width = 0, depth = 0] = this.#last();
    this.#push({ op: flat }, [batch, flat === "flatten" ? height * width * depth : depth]);
    for (let layer = this.#integer(1, 3); layer > 0; layer--) this.#vectorLayer();
    return {
      seed: this.#seed,
      large: this.#sizes === LARGE,
      input,
      nodes: this.#nodes,
      shapes: this.#shapes,
      parameters: this.#parameters,
      loss: this.#pick(LOSSES),
      // A number that float32 holds exactly.
      decay: this.#chance(0.3) ? 1 / 64 : 0,
      optimizer: this.#pick(OPTIMIZERS),
    };
  }

  #imageLayer(): void {
    const layers = [
      () => this.#conv(),
      () => this.#conv(),
      () => this.#conv(),
      () => this.#depthwise(),
      () => this.#transposed(),
      () => this.#pool(),
      () => this.#pool(),
      () => this.#lrn(),
      () => this.#batchNorm(),
      () => this.#activate(),
      () => this.#activate(),
      () => this.#join(),
      () => this.#join(),
      () => this.#rearrange(),
      () => this.#gate(),
    ];
    // A layer that does not fit adds nothing: another one is drawn.
    for (let tries = 0, before = this.#nodes.length; this.#nodes.length === before && tries < 20; tries++)
      this.#pick(layers)();
  }

  #vectorLayer(): void {
    const [batch = 0, features = 0] = this.#last();
    const outputs = this.#pick([1, 2, 3, 7, 10, 16, 33]);
    const transposed = this.#chance(0.3);
    const bias = this.#chance(0.8);
    const weights = this.#parameter(transposed ? [outputs, features] : [features, outputs], Math.sqrt(3 / features));
    const biases = bias ? [this.#parameter([outputs], 0.5)] : [];
    this.#push({ op: "dense", bias, transposed }, [batch, outputs], { parameters: [weights, ...biases] });
    if (this.#chance(0.3)) this.#batchNorm();
    if (this.#chance(0.6)) this.#activate();
    if (this.#chance(0.1)) this.#push({ op: "softmax" }, this.#last());
  }

  #conv(): void {
    const images = this.#last();
    const depth = images[3]!;
    const geometry = this.#geometry();
    const shape = geometry === null ? null : slideAll(images, geometry);
    if (geometry === null || shape === null) return;
    const groups = this.#chance(0.25) ? this.#pick(divisors(depth)) : 1;
    const outputs = groups * this.#pick(groups > 2 ? [1, 2, 3] : this.#sizes.outChannels);
    const [height, width] = geometry.kernel;
    const result = [images[0]!, ...shape, outputs];
    const inside = height * width * (depth / groups);
    if (sizeOf(result) > this.#sizes.largestValue || sizeOf(result) * inside > this.#sizes.mostProducts) return;
    const filter = this.#parameter([height, width, depth / groups, outputs], Math.sqrt(3 / inside));
    const bias = this.#chance(0.7);
    const parameters = bias ? [filter, this.#parameter([outputs], 0.5)] : [filter];
    this.#push({ op: "conv", groups, bias, ...geometry }, result, { parameters });
    // What the compiler fuses.
    if (this.#chance(0.5)) this.#activate(this.#pick(["relu", "relu", "relu6", "leakyRelu", "sigmoid", "tanh"]));
  }

  #depthwise(): void {
    const images = this.#last();
    const drawn = this.#geometry();
    // TensorFlow and PyTorch's users take equal strides.
    const geometry = drawn === null ? null : { ...drawn, strides: [drawn.strides[0], drawn.strides[0]] as const };
    const shape = geometry === null ? null : slideAll(images, geometry);
    if (geometry === null || shape === null) return;
    const multiplier = this.#pick([1, 1, 2, 3]);
    const [height, width] = geometry.kernel;
    const result = [images[0]!, ...shape, images[3]! * multiplier];
    if (sizeOf(result) > this.#sizes.largestValue) return;
    const filter = this.#parameter([height, width, images[3]!, multiplier], Math.sqrt(3 / (height * width)));
    this.#push({ op: "depthwise", ...geometry }, result, { parameters: [filter] });
  }

  #transposed(): void {
    const images = this.#last();
    const geometry = this.#geometry();
    if (geometry === null) return;
    const outputs = this.#pick([1, 2, 3, 5, 8, 16]);
    const [height, width] = geometry.kernel;
    // Every size that the convolution turns into that of the images is a possible result; one of them.
    const sizes = ([0, 1] as const).map((axis) => {
      const fitting = Array.from({ length: 64 }, (_, size) => size + 1).filter(
        (size) => slideOne(size, geometry, axis) === images[axis + 1],
      );
      return fitting.length === 0 ? null : this.#pick(fitting);
    });
    if (sizes.includes(null)) return;
    const result = [images[0]!, sizes[0]!, sizes[1]!, outputs];
    const inside = height * width * images[3]!;
    if (
      sizeOf(result) > this.#sizes.largestValue ||
      sizeOf(images) * height * width * outputs > this.#sizes.mostProducts
    )
      return;
    const bias = this.#chance(0.5);
    const filter = this.#parameter([height, width, outputs, images[3]!], Math.sqrt(3 / inside));
    const parameters = bias ? [filter, this.#parameter([outputs], 0.5)] : [filter];
    this.#push({ op: "transpose", outputShape: result, bias, ...geometry }, result, { parameters });
  }

  #pool(): void {
    const images = this.#last();
    const geometry = this.#geometry();
    if (geometry === null || geometry.kernel[0] * geometry.kernel[1] === 1) return;
    const { kernel, strides, padding } = geometry;
    const narrow =
      typeof padding === "string" || padding.every((sides, axis) => sides.every((cells) => cells < kernel[axis]!));
    const shape = slideAll(images, { ...geometry, dilations: [1, 1] });
    if (!narrow || shape === null) return;
    // A window that lies in the padding alone has no maximum and no mean.
    const empty = ([0, 1] as const).some((axis) => {
      const { before, output } = windowOf(images[axis + 1]!, { ...geometry, dilations: [1, 1] }, axis);
      return (output - 1) * strides[axis] - before >= images[axis + 1]!;
    });
    if (empty) return;
    this.#push({ op: this.#pick(["maxPool", "avgPool"]), kernel, strides, padding }, [
      images[0]!,
      ...shape,
      images[3]!,
    ]);
  }

  #lrn(): void {
    const [radius, bias] = [this.#integer(0, 5), this.#pick([0.5, 1, 2])];
    const [alpha, beta] = [this.#pick([1e-3, 0.1, 1]), this.#pick([0.5, 0.6, 0.75, 1])];
    this.#push({ op: "lrn", radius, bias, alpha, beta }, this.#last());
  }

  #batchNorm(): void {
    const shape = this.#last();
    const channels = shape.at(-1)!;
    const elements = sizeOf(shape) / channels;
    const training = this.#chance(0.6);
    // Of few elements the variance may be nearly 0, and the gradient is a difference of large numbers.
    if (training && elements < 8) return;
    const parameters = [
      this.#parameter([channels], 1.5, 0.5),
      this.#parameter([channels], 0.5),
      this.#parameter([channels], 0.5, -0.5, false),
      this.#parameter([channels], 2, 0.5, false),
    ];
    this.#push({ op: "batchNorm", training, epsilon: this.#pick([1e-3, 0.1]) }, shape, { parameters });
  }

  #activate(kind: Activation = this.#pick(ACTIVATIONS)): void {
    this.#push({ op: "activate", kind }, this.#last());
  }

  /** Residual sums and products, concatenations; of earlier values. */
  #join(): void {
    const shape = this.#last();
    const last = this.#shapes.length - 1;
    const alike = indicesOf(this.#shapes, (other) => same(other, shape));
    const axis = this.#pick([1, 2, 3, 3, 3]);
    const joinable = indicesOf(
      this.#shapes,
      (other) => other.length === 4 && other.every((size, at) => at === axis || size === shape[at]),
    );
    if (this.#chance(0.5)) {
      if (alike.length < 2) return;
      this.#push({ op: this.#chance(0.8) ? "add" : "mul" }, shape, { inputs: [last, this.#pick(alike)] });
    } else {
      const inputs = [last, ...Array.from({ length: this.#integer(1, 2) }, () => this.#pick(joinable))];
      const size = inputs.reduce((sum, input) => sum + this.#shapes[input]![axis]!, 0);
      const result = shape.map((dimension, at) => (at === axis ? size : dimension));
      if (sizeOf(result) <= this.#sizes.largestValue) this.#push({ op: "concat", axis }, result, { inputs });
    }
  }

  #rearrange(): void {
    const shape = this.#last();
    const [batch, height, width, depth] = shape as [number, number, number, number];
    const kind = this.#integer(0, 2);
    if (kind === 0) {
      const order = this.#pick([
        [0, 2, 1, 3],
        [0, 1, 3, 2],
        [0, 3, 1, 2],
        [0, 3, 2, 1],
      ]);
      this.#push(
        { op: "permute", order },
        order.map((axis) => shape[axis]!),
      );
    } else if (kind === 1) {
      const mode = this.#pick(["CONSTANT", "REFLECT"] as const);
      const upTo = (size: number): Pair => {
        const most = mode === "REFLECT" ? Math.min(size - 1, 2) : 2;
        return [this.#integer(0, most), this.#integer(0, most)];
      };
      const paddings: Pair[] = [[0, 0], upTo(height), upTo(width), [0, 0]];
      const result = shape.map((size, axis) => size + paddings[axis]![0] + paddings[axis]![1]);
      if (sizeOf(result) <= this.#sizes.largestValue) this.#push({ op: "pad", mode, paddings }, result);
    } else {
      const begin = [
        0,
        this.#integer(0, Math.floor(height / 3)),
        this.#integer(0, Math.floor(width / 3)),
        this.#integer(0, Math.floor(depth / 3)),
      ];
      const size = [batch, height, width, depth].map((dimension, axis) =>
        axis === 0 ? dimension : this.#integer(Math.ceil((dimension - begin[axis]!) / 2), dimension - begin[axis]!),
      );
      this.#push({ op: "crop", begin, size }, size);
    }
  }

  /** Squeeze and excitation: every channel times the sigmoid of its own mean. */
  #gate(): void {
    this.#push({ op: "gate" }, this.#last());
  }

  #geometry(): Geometry | null {
    const kernel = this.#chance(0.7)
      ? this.#pick([
          [1, 1],
          [2, 2],
          [3, 3],
          [3, 3],
          [5, 5],
          [7, 7],
        ] as const)
      : ([this.#integer(1, 5), this.#integer(1, 5)] as const);
    const strides = this.#chance(0.8)
      ? this.#pick([
          [1, 1],
          [1, 1],
          [2, 2],
          [3, 3],
        ] as const)
      : ([this.#integer(1, 4), this.#integer(1, 4)] as const);
    // TensorFlow allows only one of the two above 1; Millrace any.
    const dilations = this.#chance(0.8) ? ([1, 1] as const) : ([this.#integer(1, 3), this.#integer(1, 3)] as const);
    const padding = this.#pick(["SAME", "SAME", "VALID", "explicit"] as const);
    const cells = (): Pair => [this.#integer(0, 3), this.#integer(0, 3)];
    return { kernel, strides, dilations, padding: padding === "explicit" ? [cells(), cells()] : padding };
  }

  #parameter(shape: Shape, high: number, low: number = -high, trainable = true): number {
    return this.#parameters.push({ shape, low, high, trainable }) - 1;
  }

  #push(node: Wanted<Node>, shape: Shape, wires: { inputs?: number[]; parameters?: number[] } = {}): void {
    const { inputs = [this.#shapes.length - 1], parameters = [] } = wires;
    this.#nodes.push({ ...node, inputs, parameters });
    this.#shapes.push(shape);
  }

  #last(): Shape {
    return this.#shapes.at(-1)!;
  }

  #height(): number {
    return this.#last()[1]!;
  }

  #width(): number {
    return this.#last()[2]!;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #integer(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#integer(0, from.length - 1)]!;
  }
}

function windowOf(
  size: number,
  { kernel, strides, dilations, padding }: Geometry,
  axis: 0 | 1,
): ReturnType<typeof slide> {
  return slide(
    size,
    kernel[axis],
    strides[axis],
    dilations[axis],
    typeof padding === "string" ? padding : padding[axis],
  );
}

function slideOne(size: number, geometry: Geometry, axis: 0 | 1): number {
  return windowOf(size, geometry, axis).output;
}

function slideAll(images: Shape, geometry: Geometry): Pair | null {
  const [height, width] = [slideOne(images[1]!, geometry, 0), slideOne(images[2]!, geometry, 1)];
  return height > 0 && width > 0 ? [height, width] : null;
}

function divisors(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1).filter((divisor) => n % divisor === 0);
}

function indicesOf(shapes: readonly Shape[], holds: (shape: Shape) => boolean): number[] {
  return shapes.flatMap((shape, index) => (holds(shape) ? [index] : []));
}

function same(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Uniform in 0 .. 1, the same everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
