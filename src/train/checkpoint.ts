import { FormatError } from "../core/errors.ts";
import type { NDArray } from "../core/ndarray.ts";
import { parseSafetensors, safetensorsPieces } from "../data/formats/safetensors.ts";
import type { FitState } from "./fit-state.ts";

/**
 * A training run at the end of a step, with all that the next one depends on. It holds no times and no paths: two runs
 * with the same settings write the same bytes.
 */
export interface Checkpoint {
  /** Weights, running statistics, the optimizer's slots, averages: by the names of their variables. */
  readonly variables: ReadonlyMap<string, NDArray>;
  readonly state: FitState;
}

/** Where checkpoints are kept: `millrace/node` has a folder of files. */
export interface CheckpointStore {
  /** Keeps it, and drops old ones. @throws CheckpointError; those kept before are then still there. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** The newest that can be read, or null. */
  latest(): Promise<Checkpoint | null>;
}

const KIND = "millrace-checkpoint";
const VERSION = 1;

/** A checkpoint as a safetensors file, in pieces to be written one after the other; its state is in the metadata. */
export function checkpointPieces({ variables, state }: Checkpoint): Uint8Array[] {
  const metadata = new Map([
    ["format", KIND],
    ["version", String(VERSION)],
    ["state", JSON.stringify(state)],
  ]);
  return safetensorsPieces(variables, metadata);
}

/** Whether the metadata of a safetensors file say that it is a checkpoint. */
export function isCheckpoint(metadata: ReadonlyMap<string, string>): boolean {
  return metadata.get("format") === KIND;
}

/** @throws FormatError when the bytes are no checkpoint. */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = parseSafetensors(bytes);
  const text = metadata.get("state");
  if (!isCheckpoint(metadata) || text === undefined) {
    throw new FormatError({
      problem: "checkpoint: this safetensors file holds weights, not the state of a training run.",
      fix: "use tf.models.loadWeights for it, or --weights.",
    });
  }
  if (metadata.get("version") !== String(VERSION)) {
    throw new FormatError({
      problem: `checkpoint: version ${metadata.get("version")} is unknown.`,
      fix: `this Millrace reads version ${VERSION}.`,
    });
  }
  try {
    return { variables: tensors, state: JSON.parse(text) as FitState };
  } catch (cause) {
    throw new FormatError({ problem: "checkpoint: its state is no JSON.", fix: "use another checkpoint.", cause });
  }
}
