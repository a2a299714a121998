/**
 * The messages of TensorBoard's event files, by the field numbers of TensorFlow's event.proto, summary.proto, tensor.proto
 * and graph.proto.
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { DType } from "../core/dtype.ts";
import type { Shape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import type { Histogram } from "./histogram.ts";

/** When an event was, and at which step. */
export interface EventHead {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
}

export interface EventImage {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** A PNG or JPEG file. */
  readonly encoded: Uint8Array;
}

/** Counts at each threshold, for a curve of precision over recall. */
export interface PrCounts {
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  readonly trueNegatives: readonly number[];
  readonly falseNegatives: readonly number[];
}

/** What a summary shows under its tag. */
export type SummaryValue =
  | { readonly scalar: number }
  | { readonly histogram: Histogram }
  | { readonly image: EventImage }
  | { readonly prCurve: PrCounts };

/** The first event of a file says which version it is. */
export function fileVersionEvent(wallTime: number): Uint8Array {
  return event({ wallTime, step: 0 }, (writer) => text(writer, 3, "brain.Event:2"));
}

/**
 * A run begins: tells readers to drop what it wrote before it was killed, from this step on. TensorBoard does so from the
 * second of these events, so the first run writes one, too.
 */
export function startEvent(head: EventHead): Uint8Array {
  return event(head, (writer) => message(writer, 7, () => writer.tag(1, WireType.Varint).int32(1)));
}

export function summaryEvent(head: EventHead, values: ReadonlyMap<string, SummaryValue>): Uint8Array {
  return event(head, (writer) =>
    message(writer, 5, () => {
      for (const [tag, value] of values) message(writer, 1, () => encodeValue(writer, tag, value));
    }),
  );
}

export function graphEvent(head: EventHead, graph: Graph): Uint8Array {
  return event(head, (writer) => writer.tag(4, WireType.LengthDelimited).bytes(graphDef(graph)));
}

function event({ wallTime, step }: EventHead, write: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(wallTime);
  if (step !== 0) writer.tag(2, WireType.Varint).int64(step);
  write(writer);
  return writer.finish();
}

function encodeValue(writer: BinaryWriter, tag: string, value: SummaryValue): void {
  text(writer, 1, tag);
  if ("scalar" in value) {
    // What is too large for a float32 is its infinity; the writer would refuse it.
    writer.tag(2, WireType.Bit32).float(Math.fround(value.scalar));
  } else if ("image" in value) {
    const { height, width, channels, encoded } = value.image;
    message(writer, 4, () => {
      writer.tag(1, WireType.Varint).int32(height);
      writer.tag(2, WireType.Varint).int32(width);
      writer.tag(3, WireType.Varint).int32(channels);
      writer.tag(4, WireType.LengthDelimited).bytes(encoded);
    });
  } else if ("histogram" in value) {
    const { min, max, count, sum, sumOfSquares, limits, counts } = value.histogram;
    message(writer, 5, () => {
      for (const [index, number] of [min, max, count, sum, sumOfSquares].entries()) {
        writer.tag(index + 1, WireType.Bit64).double(number);
      }
      doubles(writer, 6, limits);
      doubles(writer, 7, counts);
    });
  } else {
    encodePrCurve(writer, value.prCurve);
  }
}

/** The tensor that the pr_curves plugin reads: counts, precision and recall by threshold. */
function encodePrCurve(writer: BinaryWriter, counts: PrCounts): void {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const thresholds = truePositives.length;
  const ratio = (part: number, other: number): number => (part === 0 ? 0 : part / (part + other));
  const precision = truePositives.map((hits, index) => ratio(hits, falsePositives[index] ?? 0));
  const recall = truePositives.map((hits, index) => ratio(hits, falseNegatives[index] ?? 0));
  const rows = [truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall];
  message(writer, 8, () => {
    writer.tag(1, WireType.Varint).int32(DATA_TYPES.float32);
    message(writer, 2, () => encodeShape(writer, [rows.length, thresholds]));
    writer.tag(4, WireType.LengthDelimited).bytes(new Uint8Array(Float32Array.from(rows.flat()).buffer));
  });
  message(writer, 9, () => {
    message(writer, 1, () => {
      text(writer, 1, "pr_curves");
      const content = new BinaryWriter().tag(2, WireType.Varint).int32(thresholds).finish();
      writer.tag(2, WireType.LengthDelimited).bytes(content);
    });
    // DATA_CLASS_TENSOR
    writer.tag(4, WireType.Varint).int32(2);
  });
}

/** DataType of types.proto. */
const DATA_TYPES: Readonly<Record<DType, number>> = { float32: 1, int32: 3, uint8: 4, bool: 10 };

function graphDef(graph: Graph): Uint8Array {
  const writer = new BinaryWriter();
  for (const { name, type, inputs, controlInputs, outputs } of graph.operations) {
    message(writer, 1, () => {
      text(writer, 1, name);
      text(writer, 2, type);
      for (const { op, index } of inputs) text(writer, 3, index === 0 ? op.name : `${op.name}:${index}`);
      for (const before of controlInputs) text(writer, 3, `^${before.name}`);
      const [first] = outputs;
      if (first === undefined) return;
      attribute(writer, "dtype", () => writer.tag(6, WireType.Varint).int32(DATA_TYPES[first.dtype]));
      attribute(writer, "_output_shapes", () =>
        message(writer, 1, () => {
          for (const { shape } of outputs) message(writer, 7, () => encodeShape(writer, shape));
        }),
      );
    });
  }
  // VersionDef.producer
  message(writer, 4, () => writer.tag(1, WireType.Varint).int32(22));
  return writer.finish();
}

/** An entry of the map NodeDef.attr. */
function attribute(writer: BinaryWriter, key: string, write: () => void): void {
  message(writer, 5, () => {
    text(writer, 1, key);
    message(writer, 2, write);
  });
}

/** TensorShapeProto; -1 is an unknown dimension. */
function encodeShape(writer: BinaryWriter, shape: Shape): void {
  for (const dimension of shape) message(writer, 2, () => writer.tag(1, WireType.Varint).int64(dimension ?? -1));
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function doubles(writer: BinaryWriter, field: number, values: readonly number[]): void {
  message(writer, field, () => {
    for (const value of values) writer.double(value);
  });
}
