/** What shape inference found wrong, before the op's name, the inputs' shapes and the user's line are added to it. */
export class OpProblem extends Error {
  override readonly name = "OpProblem";
  readonly kind: "shape" | "dtype" | "value";
  /** What each input's dimensions mean, by input name: `batch, height, width, channels = 96`. */
  readonly notes: Readonly<Record<string, string>>;
  readonly fix: string | undefined;

  constructor(
    kind: "shape" | "dtype" | "value",
    message: string,
    details: { notes?: Record<string, string>; fix?: string } = {},
  ) {
    super(message);
    this.kind = kind;
    this.notes = details.notes ?? {};
    this.fix = details.fix;
  }
}
