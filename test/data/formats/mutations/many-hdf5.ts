import type { NDArray } from "../../../../src/index.ts";
import { Hdf5Thread } from "../../../../src/node/formats/hdf5.ts";

/** Small files, a millisecond each: one that takes longer hangs. */
const LIMIT_MS = 2_000;

/**
 * Reads damaged files by the hundred thousand: what `readHdf5` does in a thread for each, with one thread as long as it is
 * in its right mind. After every file that it refuses it has to read a whole one; when it does not, or hung or died, it is
 * replaced, and the file is read again by a new one.
 */
export class ManyHdf5 {
  /** Threads that hung or died, and threads that a damaged file left unable to read a whole one. */
  readonly replaced = { dead: 0, deranged: 0 };
  readonly #whole: () => Promise<Uint8Array>;
  #known: { readonly bytes: Uint8Array; readonly contents: string } | null = null;
  #thread: Hdf5Thread | null = null;

  constructor(whole: () => Promise<Uint8Array>) {
    this.#whole = whole;
  }

  readonly read = async (bytes: Uint8Array): Promise<Map<string, NDArray>> => {
    const isFresh = this.#thread === null;
    this.#thread ??= new Hdf5Thread(LIMIT_MS);
    try {
      return await this.#thread.read(bytes);
    } catch (error) {
      const isDead = this.#thread.isDead;
      if (!isDead && (await this.#isSane(this.#thread))) throw error;
      this.replaced[isDead ? "dead" : "deranged"]++;
      await this.close();
      // What is wrong may be the thread, which read others before: only a new one's word counts.
      if (isFresh) throw error;
      return this.read(bytes);
    }
  };

  readonly close = async (): Promise<void> => {
    await this.#thread?.close();
    this.#thread = null;
  };

  async #isSane(thread: Hdf5Thread): Promise<boolean> {
    try {
      if (this.#known === null) {
        const bytes = await this.#whole();
        const fresh = new Hdf5Thread();
        this.#known = { bytes, contents: contentsOf(await fresh.read(bytes)) };
        await fresh.close();
      }
      return contentsOf(await thread.read(this.#known.bytes)) === this.#known.contents;
    } catch {
      return false;
    }
  }
}

function contentsOf(arrays: ReadonlyMap<string, NDArray>): string {
  return [...arrays].map(([name, { shape, data }]) => `${name} [${shape.join()}] ${data.join()}`).join("\n");
}
