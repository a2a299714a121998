import { CACHE_LINE, roundUp } from "../../core/alignment.ts";
import { BackendError, InternalError, ValueError } from "../../core/errors.ts";

const PAGE = 65536;
const GIB = 2 ** 30;
/** Memory grows by at least this many pages: each growth makes new views. */
const GROWTH_PAGES = 16;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/**
 * The one WebAssembly memory of a backend, and who has which part of it. First-fit over the free blocks, which are kept
 * in the order of their addresses and merged with their neighbours.
 */
export class Heap {
  readonly memory: WebAssembly.Memory;
  /** Largest size the memory may grow to, in bytes. */
  readonly limit: number;
  /** Views of the whole memory, made anew whenever it grows: do not keep them over an allocation. */
  bytes!: Uint8Array;
  words!: Int32Array;
  floats!: Float32Array;
  readonly #taken = new Map<number, number>();
  #free: Block[] = [];
  /** First byte that the memory has yet to grow to. */
  #end = 0;

  /** @throws BackendError when the platform gives no memory. @throws ValueError when the limit is no size. */
  constructor(options: { shared: boolean; limitBytes?: number | undefined }) {
    const { memory, pages } = createMemory(options.shared, pagesWithin(options.limitBytes ?? 4 * GIB));
    this.memory = memory;
    // The last cache line of 4 GiB stays unused, so that the end of every block is an address of 32 bits.
    this.limit = Math.min(pages * PAGE, 4 * GIB - CACHE_LINE);
    this.#end = memory.buffer.byteLength;
    this.#makeViews();
  }

  /** Bytes handed out. */
  get used(): number {
    let sum = 0;
    for (const bytes of this.#taken.values()) sum += bytes;
    return sum;
  }

  /** The module's own constants end here: what lies above may be handed out. */
  begin(address: number): void {
    const start = roundUp(address, CACHE_LINE);
    this.#free = [{ address: start, bytes: this.#end - start }];
  }

  /** The address of `bytes` new bytes, not zeroed; `null` when there is no room for them. */
  allocate(bytes: number): number | null {
    const size = Math.max(roundUp(bytes, CACHE_LINE), CACHE_LINE);
    let index = this.#free.findIndex((block) => block.bytes >= size);
    if (index < 0) {
      if (!this.#grow(size)) return null;
      index = this.#free.length - 1;
    }
    const block = this.#free[index];
    if (block === undefined) throw new InternalError({ problem: "wasm heap: a block got lost." });
    const rest = { address: block.address + size, bytes: block.bytes - size };
    this.#free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
    this.#taken.set(block.address, size);
    return block.address;
  }

  /** Gives a block back. */
  release(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) throw new InternalError({ problem: `wasm heap: no block begins at ${address}.` });
    this.#taken.delete(address);
    let index = this.#free.findIndex((block) => block.address > address);
    if (index < 0) index = this.#free.length;
    const before = this.#free[index - 1];
    const after = this.#free[index];
    const joinsBefore = before !== undefined && before.address + before.bytes === address;
    const joinsAfter = after !== undefined && address + bytes === after.address;
    const start = joinsBefore ? before.address : address;
    const end = joinsAfter ? after.address + after.bytes : address + bytes;
    const first = joinsBefore ? index - 1 : index;
    this.#free.splice(first, Number(joinsBefore) + Number(joinsAfter), { address: start, bytes: end - start });
  }

  /** Grows the memory until its last free block holds `size` bytes. */
  #grow(size: number): boolean {
    const last = this.#free.at(-1);
    const open =
      last !== undefined && last.address + last.bytes === this.#end ? last : { address: this.#end, bytes: 0 };
    const needed = open.address + size;
    if (needed > this.limit) return false;
    const now = this.#end / PAGE;
    const enough = Math.ceil(needed / PAGE) - now;
    const roomy = Math.min(Math.max(enough, GROWTH_PAGES), Math.ceil(this.limit / PAGE) - now);
    if (!this.#tryGrow(roomy) && !this.#tryGrow(enough)) return false;
    this.#end = Math.min(this.memory.buffer.byteLength, 4 * GIB - CACHE_LINE);
    if (open === last) this.#free.pop();
    this.#free.push({ address: open.address, bytes: this.#end - open.address });
    this.#makeViews();
    return true;
  }

  #tryGrow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      // The platform has less memory than the limit says.
      return false;
    }
  }

  #makeViews(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.floats = new Float32Array(buffer);
  }
}

/** @throws ValueError when the limit is no size of a memory. */
export function pagesWithin(limitBytes: number): number {
  const pages = Math.floor(limitBytes / PAGE);
  if (pages >= 2 && pages <= 65536) return pages;
  throw new ValueError({
    problem: `wasm: a memory limit of ${limitBytes} bytes.`,
    fix: "memoryLimitBytes lies between 131,072 and 4 GiB.",
  });
}

/** A memory that may grow to `pages`, or to as much less as the platform reserves. */
function createMemory(shared: boolean, pages: number): { memory: WebAssembly.Memory; pages: number } {
  for (let maximum = pages; ; maximum = Math.floor(maximum / 2)) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared }), pages: maximum };
    } catch (cause) {
      if (maximum >= 512) continue;
      throw new BackendError({
        problem: "wasm: the platform gives no memory.",
        operands: [{ name: "asked for", value: `${maximum * PAGE} bytes` }],
        fix: "close other programs or pages.",
        cause,
      });
    }
  }
}
