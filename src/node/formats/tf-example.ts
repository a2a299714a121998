import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { malformed, quoted } from "../../data/formats/malformed.ts";

/** What a feature of `tf.train.Example` holds: lists of byte strings, floats or whole numbers. */
export type Feature = readonly Uint8Array[] | Float32Array | BigInt64Array;

/** BytesList, FloatList, Int64List: the fields of Feature. */
const BYTES = 1;
const FLOATS = 2;
const INTEGERS = 3;

/**
 * Parses a `tf.train.Example`, one record of the usual TFRecord files, into its features by name. Byte strings are views.
 * @throws FormatError when it is no such message, or names a feature twice.
 * @see TensorFlow, tensorflow/core/example/example.proto and feature.proto.
 */
export function parseTfExample(bytes: Uint8Array): Map<string, Feature> {
  const features = new Map<string, Feature>();
  try {
    // Example { Features features = 1 }, Features { map<string, Feature> feature = 1 }.
    for (const list of messagesOf(bytes, 1)) {
      for (const entry of messagesOf(list, 1)) {
        const [name, feature] = readEntry(entry);
        if (features.has(name)) throw malformed("tf.train.Example", `it has the feature ${quoted(name)} twice.`);
        features.set(name, feature);
      }
    }
  } catch (cause) {
    // The reader's own errors: a value that ends behind the message, an unknown kind of field.
    if (cause instanceof RangeError || (cause instanceof Error && cause.constructor === Error)) {
      throw malformed("tf.train.Example", `it is no such message: ${cause.message}.`, { cause });
    }
    throw cause;
  }
  return features;
}

function* messagesOf(bytes: Uint8Array, field: number): Generator<Uint8Array> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === field && type === WireType.LengthDelimited) yield reader.bytes();
    else reader.skip(type, number);
  }
}

function readEntry(bytes: Uint8Array): [string, Feature] {
  const reader = new BinaryReader(bytes);
  let name = "";
  let feature: Feature = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === 1 && type === WireType.LengthDelimited) name = reader.string();
    else if (number === 2 && type === WireType.LengthDelimited) feature = readFeature(reader.bytes());
    else reader.skip(type, number);
  }
  return [name, feature];
}

function readFeature(bytes: Uint8Array): Feature {
  const reader = new BinaryReader(bytes);
  let feature: Feature = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type !== WireType.LengthDelimited) reader.skip(type, number);
    else if (number === BYTES) feature = [...messagesOf(reader.bytes(), 1)];
    else if (number === FLOATS)
      feature = Float32Array.from(numbersOf(reader.bytes(), WireType.Bit32, (list) => list.float()));
    else if (number === INTEGERS)
      feature = BigInt64Array.from(numbersOf(reader.bytes(), WireType.Varint, (list) => BigInt(list.int64())));
    else reader.skip(type, number);
  }
  return feature;
}

/** The numbers of field 1, packed (one run of bytes) or not. */
function numbersOf<T>(bytes: Uint8Array, single: WireType, read: (reader: BinaryReader) => T): T[] {
  const numbers: T[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === 1 && type === single) numbers.push(read(reader));
    else if (number === 1 && type === WireType.LengthDelimited) {
      const packed = new BinaryReader(reader.bytes());
      while (packed.pos < packed.len) numbers.push(read(packed));
    } else reader.skip(type, number);
  }
  return numbers;
}

/** A `tf.train.Example` as bytes; `serializeTfRecord` makes a record of them. */
export function serializeTfExample(features: ReadonlyMap<string, Feature>): Uint8Array {
  const writer = new BinaryWriter();
  const open = (field: number): BinaryWriter => writer.tag(field, WireType.LengthDelimited).fork();
  open(1);
  for (const [name, feature] of features) {
    open(1).tag(1, WireType.LengthDelimited).string(name);
    open(2);
    writeFeature(writer, feature);
    writer.join().join();
  }
  return writer.join().finish();
}

function writeFeature(writer: BinaryWriter, feature: Feature): void {
  const open = (field: number): BinaryWriter => writer.tag(field, WireType.LengthDelimited).fork();
  if (feature instanceof Float32Array) {
    open(FLOATS).tag(1, WireType.LengthDelimited).fork();
    for (const value of feature) writer.float(value);
    writer.join().join();
  } else if (feature instanceof BigInt64Array) {
    open(INTEGERS).tag(1, WireType.LengthDelimited).fork();
    for (const value of feature) writer.int64(value);
    writer.join().join();
  } else {
    open(BYTES);
    for (const value of feature) writer.tag(1, WireType.LengthDelimited).bytes(value);
    writer.join();
  }
}
