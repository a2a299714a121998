/** The numbers that peers are handed, in a temporary folder: drawn here, so that none of them is its own judge. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Floats } from "./work.ts";

export class FloatFiles implements Disposable {
  readonly #folder: string = mkdtempSync(join(tmpdir(), "millrace-bench-"));
  #count = 0;
  #state = 1;

  /** Normal numbers. */
  normal(shape: readonly number[], deviation: number): Floats {
    return this.#write(shape, () => {
      // Box and Muller's transform; 1 - u is never 0.
      const radius = Math.sqrt(-2 * Math.log(1 - this.#uniform()));
      return deviation * radius * Math.cos(2 * Math.PI * this.#uniform());
    });
  }

  /** Uniform numbers from 0 to 1, in memory. */
  uniformNumbers(count: number): number[] {
    return Array.from({ length: count }, () => this.#uniform());
  }

  write(shape: readonly number[], values: ArrayLike<number>): Floats {
    return this.#write(shape, (index) => values[index] ?? 0);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(shape: readonly number[], valueAt: (index: number) => number): Floats {
    const values = new Float32Array(shape.reduce((product, dimension) => product * dimension, 1));
    for (let index = 0; index < values.length; index++) values[index] = valueAt(index);
    const file = join(this.#folder, `${this.#count++}.f32`);
    writeFileSync(file, values);
    return { file, shape };
  }

  /** Mulberry32: enough for numbers that only have to look natural, and the same in every run. */
  #uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}
