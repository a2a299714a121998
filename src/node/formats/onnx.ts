import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type {
  OnnxAttribute,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
} from "../../models/weights/onnx/onnx-model.ts";
import { encodeElements } from "../../data/formats/encode-elements.ts";

/** The version of onnx.proto: 8 came with operator set 17. */
const IR_VERSION = 8;

/** TensorProto.DataType. */
const FLOAT = 1;
const INT64 = 7;

/** AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, int: 2, ints: 7 };

/**
 * An ONNX model as a file. Field numbers are those of onnx.proto.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(IR_VERSION);
  writer.tag(2, WireType.LengthDelimited).string("millrace");
  message(writer, 7, () => graph(writer, model));
  message(writer, 8, () => {
    writer.tag(1, WireType.LengthDelimited).string("");
    writer.tag(2, WireType.Varint).int64(model.opset);
  });
  for (const [key, value] of model.metadata) {
    message(writer, 14, () => {
      writer.tag(1, WireType.LengthDelimited).string(key);
      writer.tag(2, WireType.LengthDelimited).string(value);
    });
  }
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function graph(writer: BinaryWriter, { name, inputs, outputs, nodes, initializers }: OnnxModel): void {
  for (const node of nodes) message(writer, 1, () => encodeNode(writer, node));
  writer.tag(2, WireType.LengthDelimited).string(name);
  for (const [tensorName, tensor] of initializers) message(writer, 5, () => encodeTensor(writer, tensorName, tensor));
  for (const input of inputs) message(writer, 11, () => encodeValue(writer, input));
  for (const output of outputs) message(writer, 12, () => encodeValue(writer, output));
}

function encodeNode(writer: BinaryWriter, { type, name, inputs, outputs, attributes }: OnnxNode): void {
  for (const input of inputs) writer.tag(1, WireType.LengthDelimited).string(input);
  for (const output of outputs) writer.tag(2, WireType.LengthDelimited).string(output);
  writer.tag(3, WireType.LengthDelimited).string(name);
  writer.tag(4, WireType.LengthDelimited).string(type);
  for (const [key, value] of Object.entries(attributes)) message(writer, 5, () => encodeAttribute(writer, key, value));
}

function encodeAttribute(writer: BinaryWriter, name: string, value: OnnxAttribute): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  if ("float" in value) writer.tag(2, WireType.Bit32).float(value.float);
  else if ("int" in value) writer.tag(3, WireType.Varint).int64(value.int);
  else for (const item of value.ints) writer.tag(8, WireType.Varint).int64(item);
  const type = "float" in value ? ATTRIBUTE.float : "int" in value ? ATTRIBUTE.int : ATTRIBUTE.ints;
  writer.tag(20, WireType.Varint).int32(type);
}

function encodeTensor(writer: BinaryWriter, name: string, tensor: OnnxTensor): void {
  const isInt64 = "int64" in tensor;
  for (const dimension of isInt64 ? [tensor.int64.length] : tensor.shape)
    writer.tag(1, WireType.Varint).int64(dimension);
  writer.tag(2, WireType.Varint).int32(isInt64 ? INT64 : FLOAT);
  writer.tag(8, WireType.LengthDelimited).string(name);
  writer.tag(9, WireType.LengthDelimited).bytes(isInt64 ? int64Bytes(tensor.int64) : encodeElements(tensor));
}

function int64Bytes(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
}

function encodeValue(writer: BinaryWriter, { name, shape }: OnnxValue): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  const dimension = (size: number | string): void => {
    if (typeof size === "number") writer.tag(1, WireType.Varint).int64(size);
    else writer.tag(2, WireType.LengthDelimited).string(size);
  };
  // TypeProto.tensor_type { elem_type, shape { dim ... } }
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(FLOAT);
      message(writer, 2, () => {
        for (const size of shape) message(writer, 1, () => dimension(size));
      });
    }),
  );
}
