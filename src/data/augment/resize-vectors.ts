import { resizeModule } from "./resize-module.ts";
import type { FixedFilter, Region } from "./resize.ts";

/** What assembly/resize.ts exports. */
interface Kernels {
  /** Both read a `Pass`, eight words of memory. */
  readonly across: (pass: number) => void;
  readonly down: (pass: number) => void;
}

/** A thread's kernels and their memory; null where the platform has no WebAssembly with vectors, or a page forbids it. */
let loaded: { readonly kernels: Kernels; readonly memory: WebAssembly.Memory } | null | undefined;

function load(): NonNullable<typeof loaded> | null {
  try {
    const bytes = Uint8Array.from(atob(resizeModule), (letter) => letter.charCodeAt(0));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    return { kernels: exports as Partial<Kernels> as Kernels, memory };
  } catch {
    return null;
  }
}

const PAGE = 65_536;
const CHANNELS = 3;
/** Where the `Pass` lies, and how long it is. */
const PASS = 0;
const PASS_BYTES = 32;
/** WebAssembly's memory does not shrink: beyond this, pictures are rare, and take the slower way. */
const MOST_BYTES = 32 * 2 ** 20;

/** A region of colours scaled to `[down.counts.length, across.counts.length, 3]`, or null when that cannot be done here. */
export function resizeColors(
  pixels: Uint8Array,
  pictureWidth: number,
  region: Region,
  across: FixedFilter,
  down: FixedFilter,
): Uint8Array | null {
  if (loaded === undefined) loaded = load();
  if (loaded === null) return null;
  const { kernels, memory } = loaded;
  const [width, height] = [across.counts.length, down.counts.length];
  const fromStride = pictureWidth * CHANNELS;
  const first = (region.top * pictureWidth + region.left) * CHANNELS;
  const fromLength = (region.height - 1) * fromStride + region.width * CHANNELS;
  const rowLength = width * CHANNELS;
  const rowStride = padded(rowLength);
  let end = PASS + PASS_BYTES;
  const place = (length: number): number => {
    const at = end;
    end += padded(length);
    return at;
  };
  const from = place(fromLength);
  const acrossAt = place(filterBytes(across));
  const downAt = place(filterBytes(down));
  const rows = place(region.height * rowStride);
  const to = place(height * rowLength);
  if (end > MOST_BYTES) return null;
  if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
  const heap = new Uint8Array(memory.buffer);
  heap.set(pixels.subarray(first, first + fromLength), from);
  writeFilter(memory.buffer, acrossAt, across);
  writeFilter(memory.buffer, downAt, down);
  const pass = new Int32Array(memory.buffer, PASS, PASS_BYTES / 4);
  pass.set([from, fromStride, acrossAt, across.taps, rows, rowStride, region.height, width]);
  kernels.across(PASS);
  pass.set([rows, rowStride, downAt, down.taps, to, rowLength, height, width]);
  kernels.down(PASS);
  return heap.slice(to, to + height * rowLength);
}

/** Whole vectors, and one more: kernels read and write up to 15 bytes too far. */
function padded(length: number): number {
  return (length + 31) & ~15;
}

function filterBytes({ starts, counts, weights }: FixedFilter): number {
  return 4 * (starts.length + counts.length + weights.length);
}

function writeFilter(buffer: ArrayBuffer, at: number, { starts, counts, weights }: FixedFilter): void {
  const words = new Int32Array(buffer, at, starts.length + counts.length + weights.length);
  words.set(starts);
  words.set(counts, starts.length);
  words.set(weights, starts.length + counts.length);
}
