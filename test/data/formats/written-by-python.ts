import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const files = JSON.parse(readFileSync(join(import.meta.dirname, "written-by-python.json"), "utf8")) as Record<
  string,
  string
>;

/** A file that NumPy 1.24 or Python 3.11's tarfile wrote; the tars are kept packed. */
export function writtenByPython(name: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(files[name]!, "base64"));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? new Uint8Array(gunzipSync(bytes)) : bytes;
}
