import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** ModelProto.metadata_props: a list of StringStringEntryProto { key, value }. */
const METADATA_PROPS = 14;

/**
 * What belongs behind an ONNX model's bytes, so that runtimes show these strings as its metadata: the fields of a message may
 * come in any order, and two messages one behind the other are one with the fields of both.
 *
 * @see https://protobuf.dev/programming-guides/encoding/#last-one-wins
 */
export function metadataOfOnnx(metadata: ReadonlyMap<string, string>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [key, value] of metadata) {
    writer.tag(METADATA_PROPS, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writer.tag(2, WireType.LengthDelimited).string(value);
    writer.join();
  }
  return writer.finish();
}
