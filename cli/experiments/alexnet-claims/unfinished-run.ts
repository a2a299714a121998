import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "millrace";
import { writeFileAtomically } from "millrace/node";
import type { Point } from "./records.ts";
import type { PlannedRun } from "./train-arm.ts";

/** What a checkpoint says beside the network: which run it is of, and the curve so far. */
interface Note {
  readonly planned: PlannedRun;
  readonly points: readonly Point[];
}

/** The run that was under way when the experiment was stopped: it goes on from the step it was at. */
export class UnfinishedRun {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, "unfinished.safetensors");
  }

  /**
   * Where `tf.train.fit` keeps the checkpoint. It is written only when the run is stopped: no run is long enough for more.
   * @param points of the curve; those of the checkpoint are added to it.
   */
  storeFor(planned: PlannedRun, points: Point[], signal: AbortSignal | undefined): tf.train.CheckpointStore {
    return {
      save: async ({ variables, state }) => {
        if (signal?.aborted !== true || state.step >= planned.steps) return;
        const note: Note = { planned, points };
        const pieces = tf.train.checkpointPieces({ variables, state: { ...state, configuration: note } });
        await writeFileAtomically(this.#path, pieces);
      },
      latest: async () => {
        const checkpoint = await this.#read();
        if (checkpoint === null) return null;
        const note = checkpoint.state.configuration as Note | null;
        if (JSON.stringify(note?.planned) !== JSON.stringify(planned)) return null;
        points.push(...(note?.points ?? []));
        return { ...checkpoint, state: { ...checkpoint.state, configuration: null } };
      },
    };
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** null when there is none, or it cannot be read: then the run begins anew. */
  async #read(): Promise<tf.train.Checkpoint | null> {
    try {
      return tf.train.parseCheckpoint(await readFile(this.#path));
    } catch (error) {
      if (error instanceof tf.FormatError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }
}
