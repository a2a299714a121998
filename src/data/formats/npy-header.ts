import type { ElementType } from "./element-type.ts";
import { malformed, quoted } from "./malformed.ts";

/** What the header of a .npy file says. */
export interface NpyHeader {
  readonly type: ElementType;
  readonly bigEndian: boolean;
  /** Column-major: the first index runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly dataOffset: number;
}

/** NumPy's type codes, without the byte order before them. */
const TYPES: Readonly<Record<string, ElementType>> = {
  b1: "bool",
  u1: "uint8",
  i1: "int8",
  u2: "uint16",
  i2: "int16",
  u4: "uint32",
  i4: "int32",
  u8: "uint64",
  i8: "int64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy itself refuses headers above 10,000 bytes unless told to. */
const MAX_HEADER_BYTES = 65_536;

/** @throws FormatError. Object arrays are pickles, which can run any program: they are refused. */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10 || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw malformed("npy", 'the file does not start with "\\x93NUMPY".');
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw malformed("npy", `version ${version} of the format is not known.`);
  const lengthBytes = version === 1 ? 2 : 4;
  if (bytes.length < 8 + lengthBytes) throw malformed("npy", "the header is cut short.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = 8 + lengthBytes + length;
  if (dataOffset > bytes.length || length > MAX_HEADER_BYTES) {
    throw malformed("npy", `the header has ${length} bytes, the file ${bytes.length - 8 - lengthBytes} for it.`);
  }
  const text = String.fromCharCode(...bytes.subarray(8 + lengthBytes, dataOffset));
  return { ...parseFields(text), dataOffset };
}

/** What NumPy writes: a Python dictionary of these three keys, in any order. */
const FIELD =
  /\s*(?:'(descr|fortran_order|shape)'|"(descr|fortran_order|shape)")\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)|\(([\d,\sL]*)\))\s*(,|(?=\}))/y;

function parseFields(text: string): Omit<NpyHeader, "dataOffset"> {
  const fields = new Map<string, RegExpExecArray>();
  const body = text.trim();
  if (!body.startsWith("{")) throw malformed("npy", `the header is no dictionary: ${quoted(body)}.`);
  FIELD.lastIndex = 1;
  while (fields.size < 3) {
    const field = FIELD.exec(body);
    const name = field?.[1] ?? field?.[2];
    if (field === null || name === undefined || fields.has(name)) break;
    fields.set(name, field);
  }
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((name) => fields.get(name));
  const code = descr?.[3] ?? descr?.[4];
  if (descr === undefined && /['"]descr['"]\s*:\s*\[/.test(body)) {
    throw malformed("npy", "the array has named fields.", { fix: "save each field as an array of its own." });
  }
  if (code === undefined || order?.[5] === undefined || shape?.[6] === undefined) {
    throw malformed("npy", `the header does not say descr, fortran_order and shape: ${quoted(body)}.`);
  }
  return { ...parseType(code), fortranOrder: order[5] === "True", shape: parseShape(shape[6]) };
}

function parseType(code: string): { type: ElementType; bigEndian: boolean } {
  const type = Object.hasOwn(TYPES, code.slice(1)) ? TYPES[code.slice(1)] : undefined;
  const order = code[0] ?? "";
  if (type !== undefined && "<>|=".includes(order)) return { type, bigEndian: order === ">" };
  const isPickle = code.includes("O");
  throw malformed("npy", `elements of type ${quoted(code)} are not read${isPickle ? ": objects are pickles" : ""}.`, {
    fix: "save numbers: array.astype(numpy.float32).",
  });
}

/** `3, 4` or `3,`; Python 2 wrote `3L`. Sizes are checked against the file by whoever allocates. */
function parseShape(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  return parts.map((part) => {
    const size = /^\d+L?$/.test(part) ? Number.parseInt(part, 10) : Number.NaN;
    if (!Number.isSafeInteger(size)) throw malformed("npy", `(${quoted(text)}) is no shape.`);
    return size;
  });
}
