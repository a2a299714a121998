import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError, FormatError } from "../core/errors.ts";
import { type Checkpoint, checkpointPieces, type CheckpointStore, parseCheckpoint } from "../train/checkpoint.ts";
import { isSystemError } from "./system-error.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

export interface CheckpointFolderOptions {
  /** How many of the newest are kept, beside the best one; default 3. */
  readonly keep?: number;
  /** Told of files that cannot be read and are passed over. */
  readonly onDamaged?: (file: string, reason: string) => void;
}

/** `step-00001200.safetensors`. */
const FILE = /^step-(\d{8,})\.safetensors$/;
/** What a killed writer leaves behind. */
const TEMPORARY = /^step-\d{8,}\.safetensors\..*\.tmp$/;
/** A disk, a user's part of it, or a file's size is at its limit. */
const NO_ROOM: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * Checkpoints as files of a folder: the last few, and the one of the best epoch. A file has its name only when it is
 * whole and on the disk; old ones are deleted after that.
 */
export class CheckpointFolder implements CheckpointStore {
  readonly path: string;
  readonly #keep: number;
  readonly #onDamaged: (file: string, reason: string) => void;

  constructor(path: string, options: CheckpointFolderOptions = {}) {
    this.path = path;
    this.#keep = Math.max(options.keep ?? 3, 1);
    this.#onDamaged = options.onDamaged ?? ((): void => {});
  }

  async save(checkpoint: Checkpoint): Promise<void> {
    const { step, best } = checkpoint.state;
    try {
      await mkdir(this.path, { recursive: true });
      await this.#removeTemporary();
      await writeFileAtomically(this.#fileOf(step), checkpointPieces(checkpoint));
    } catch (cause) {
      throw await this.#notWritten(step, cause);
    }
    await this.#prune(step, best?.step ?? null);
  }

  async latest(): Promise<Checkpoint | null> {
    for (const step of (await this.steps()).reverse()) {
      const checkpoint = await this.#read(step);
      if (checkpoint !== null) return checkpoint;
    }
    return null;
  }

  /**
   * The one of the best epoch, as the newest says; the newest itself where there is none yet, or the best cannot be read,
   * which `onDamaged` is told. So whose weights these are is said by its `state.step`, not by `state.best`.
   */
  async best(): Promise<Checkpoint | null> {
    const latest = await this.latest();
    const best = latest?.state.best ?? null;
    if (latest === null || best === null || best.step === latest.state.step) return latest;
    return (await this.#read(best.step)) ?? latest;
  }

  /** Steps with a checkpoint, in order. */
  async steps(): Promise<number[]> {
    const files = await this.#files();
    const steps = files.map((file) => Number(FILE.exec(file)?.[1] ?? Number.NaN));
    return steps.filter((step) => !Number.isNaN(step)).sort((a, b) => a - b);
  }

  /** Null when it is damaged, as by a failing disk. */
  async #read(step: number): Promise<Checkpoint | null> {
    const file = this.#fileOf(step);
    try {
      return parseCheckpoint(await readFile(file));
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (!isMissing && !(error instanceof FormatError)) throw error;
      this.#onDamaged(file, error instanceof FormatError ? error.problem : "it is missing");
      return null;
    }
  }

  /** Newer ones than the one just written are of a run that was given up: this one goes on from before them. */
  async #prune(newest: number, best: number | null): Promise<void> {
    const steps = await this.steps();
    const kept = new Set(steps.filter((step) => step <= newest).slice(-this.#keep));
    const old = steps.filter((step) => !kept.has(step) && step !== best);
    for (const step of old) await rm(this.#fileOf(step), { force: true });
  }

  async #removeTemporary(): Promise<void> {
    const left = (await this.#files()).filter((file) => TEMPORARY.test(file));
    for (const file of left) await rm(join(this.path, file), { force: true });
  }

  async #files(): Promise<string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  #fileOf(step: number): string {
    return join(this.path, `step-${String(step).padStart(8, "0")}.safetensors`);
  }

  async #notWritten(step: number, cause: unknown): Promise<CheckpointError> {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const last = (await this.steps().catch(() => [])).at(-1);
    const remedy = isSystemError(cause) && NO_ROOM.has(cause.code ?? "") ? "make room" : "make the folder writable";
    return new CheckpointError({
      problem: `the checkpoint of step ${step} could not be written: ${reason}`,
      operands: [
        { name: "folder", value: this.path },
        { name: "last good", value: last === undefined ? "none" : `step ${last}` },
      ],
      fix: last === undefined ? `${remedy}.` : `${remedy}, then resume: nothing up to step ${last} is lost.`,
      cause,
    });
  }
}
