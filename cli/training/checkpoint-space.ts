import { statfs } from "node:fs/promises";
import * as tf from "millrace";
import { formatBytes } from "../terminal/format.ts";

/** Checkpoints below this size fill no disk that nobody looked at. */
const WORTH_SAYING = 64 * 2 ** 20;

export interface CheckpointSpaceOptions {
  /** The folder of the run. */
  readonly folder: string;
  /** Checkpoints that stay, beside the best. */
  readonly keep: number;
  readonly display: { line(text: string): void };
  /** Bytes free on the folder's disk; for tests. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Says before the first step what checkpoints will take, and whether the disk has it. */
export class CheckpointSpace implements tf.train.FitCallback {
  readonly #options: CheckpointSpaceOptions;

  constructor(options: CheckpointSpaceOptions) {
    this.#options = options;
  }

  async onStart({ session }: Pick<tf.train.FitRun, "session">): Promise<void> {
    const { folder, keep, display, freeBytes = freeBytesOf } = this.#options;
    const each = bytesOfVariables(session.graph);
    if (each < WORTH_SAYING) return;
    const kept = keep === 1 ? "the last one" : `the last ${keep}`;
    display.line(`checkpoints: ${formatBytes(each)} each; ${kept} and the best are kept`);
    // A new one is whole before an old one goes.
    const needed = each * (keep + 2);
    const free = await freeBytes(folder);
    if (free < needed) {
      display.line(
        `the disk of ${folder} has ${formatBytes(free)} free of ${formatBytes(needed)} that they take: see --keep`,
      );
    }
  }
}

function bytesOfVariables(graph: tf.Graph): number {
  return tf
    .globalVariables(graph)
    .reduce((bytes, { shape }) => bytes + 4 * shape.reduce<number>((size, length) => size * (length ?? 1), 1), 0);
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
