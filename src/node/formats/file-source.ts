import { type FileHandle, open } from "node:fs/promises";
import { type ByteSource, requireRange } from "../../data/formats/byte-source.ts";

/** A file as a `ByteSource`, to be closed. */
export interface FileSource extends ByteSource, AsyncDisposable {
  close(): Promise<void>;
}

/** Opens a file to read parts of it. @throws the system's error when it cannot be opened. */
export async function openFile(path: string): Promise<FileSource> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return {
      size,
      read: (offset, length) => readExactly(file, size, offset, length),
      close: () => file.close(),
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** One system call reads at most 2 GiB. */
const MOST = 2 ** 30;

async function readExactly(file: FileHandle, size: number, offset: number, length: number): Promise<Uint8Array> {
  requireRange(size, offset, length);
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, Math.min(MOST, length - at), offset + at);
    // The file became shorter since it was opened.
    if (bytesRead === 0) requireRange(offset + at, offset, length);
    at += bytesRead;
  }
  return bytes;
}
