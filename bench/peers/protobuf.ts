/** Writing protocol buffers, as far as an ONNX model needs it. https://protobuf.dev/programming-guides/encoding */

/** A message's fields so far. */
export type Message = readonly Uint8Array[];

const VARINT = 0;
const LENGTH = 2;
const FLOAT = 5;

/** A field of an integer from 0. */
export function integer(field: number, value: number): Message {
  return [varint(field * 8 + VARINT), varint(value)];
}

export function float(field: number, value: number): Message {
  return [varint(field * 8 + FLOAT), new Uint8Array(Float32Array.of(value).buffer)];
}

export function text(field: number, value: string): Message {
  return bytes(field, new TextEncoder().encode(value));
}

export function bytes(field: number, value: Uint8Array): Message {
  return [varint(field * 8 + LENGTH), varint(value.length), value];
}

/** A message within a message. */
export function nested(field: number, ...messages: readonly Message[]): Message {
  const parts = messages.flat();
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [varint(field * 8 + LENGTH), varint(length), ...parts];
}

export function encode(...messages: readonly Message[]): Uint8Array {
  return Buffer.concat(messages.flat());
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128);
  return Uint8Array.from([...digits, rest]);
}
