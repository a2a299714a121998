/**
 * Every error Millrace throws on purpose. Each names the thing, shows both sides and says the fix; the fields say the
 * same to a program. All extend `MillraceError`, so one `instanceof` tells ours from a bug.
 */

/** One operand as an error shows it: `images  [128, 27, 27, 96]   batch, height, width, channels = 96`. */
export interface OperandLine {
  readonly name: string;
  /** What stands beside the name: a shape, a dtype, a count. */
  readonly value: string;
  /** What the parts of the value mean. */
  readonly note?: string | undefined;
}

export interface ErrorDetails {
  /** What went wrong, naming the thing: `conv2d "alexnet/conv2": images and filter disagree on channels.` */
  readonly problem: string;
  readonly operands?: readonly OperandLine[] | undefined;
  /** What to do about it. */
  readonly fix?: string | undefined;
  /** The user's own line, `examples/alexnet.ts:31`. */
  readonly site?: string | undefined;
  readonly cause?: unknown;
}

export class MillraceError extends Error {
  override readonly name: string = "MillraceError";
  readonly problem: string;
  readonly operands: readonly OperandLine[];
  readonly fix: string | undefined;
  readonly site: string | undefined;

  constructor(details: ErrorDetails) {
    super(formatDetails(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.problem = details.problem;
    this.operands = details.operands ?? [];
    this.fix = details.fix;
    this.site = details.site;
  }
}

/** Shapes that do not fit, when a graph is built or fed. */
export class ShapeError extends MillraceError {
  override readonly name = "ShapeError";
}

/** Element types that do not fit. */
export class DTypeError extends MillraceError {
  override readonly name = "DTypeError";
}

/** An option, attribute or argument outside its range. */
export class ValueError extends MillraceError {
  override readonly name = "ValueError";
}

/** Misuse of graphs: tensors of two graphs mixed, names not found. */
export class GraphError extends MillraceError {
  override readonly name = "GraphError";
}

/** A feed that is missing, unknown, or does not match its placeholder. */
export class FeedError extends MillraceError {
  override readonly name = "FeedError";
}

/** No gradient where one is needed. */
export class GradientError extends MillraceError {
  override readonly name = "GradientError";
}

/** A variable read before anything was assigned to it in this session. */
export class UninitializedError extends MillraceError {
  override readonly name = "UninitializedError";
}

/** A file or buffer that is not what its format says: cut short, damaged, hostile, or of a kind that is not read. */
export class FormatError extends MillraceError {
  override readonly name = "FormatError";
}

/** A checkpoint that could not be written or read; its `cause` is the system's error. */
export class CheckpointError extends MillraceError {
  override readonly name = "CheckpointError";
}

/** A plan or tensor that does not fit into the backend's memory. */
export class MemoryError extends MillraceError {
  override readonly name = "MemoryError";
}

/** A NaN or infinity found by `checkNumerics`. */
export class NumericsError extends MillraceError {
  override readonly name = "NumericsError";
}

/** Use of a session or backend after it was closed. */
export class ClosedError extends MillraceError {
  override readonly name = "ClosedError";
}

/** A backend that failed or cannot do what was asked: a dead worker, a missing platform feature. */
export class BackendError extends MillraceError {
  override readonly name = "BackendError";
}

/** A broken invariant inside Millrace: a bug of ours, never the user's. */
export class InternalError extends MillraceError {
  override readonly name = "InternalError";
}

function formatDetails({ problem, operands = [], fix, site }: ErrorDetails): string {
  const nameWidth = Math.max(0, ...operands.map(({ name }) => name.length));
  const valueWidth = Math.max(0, ...operands.map(({ value }) => value.length));
  const lines = operands.map(
    ({ name, value, note }) =>
      `  ${name.padEnd(nameWidth)}  ${note === undefined ? value : `${value.padEnd(valueWidth)}   ${note}`}`,
  );
  if (fix !== undefined) lines.push(`  fix: ${fix}`);
  if (site !== undefined) lines.push(`  built at ${site}`);
  return [problem, ...lines].join("\n");
}
