import { DTypeError, type MillraceError, type OperandLine, ShapeError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import { nameInputs } from "./name-inputs.ts";
import type { OpDef, TensorSpec } from "./op-def.ts";
import type { OpProblem } from "./problem.ts";

/** The operation whose inputs do not fit. */
export interface Subject {
  readonly def: OpDef;
  /** Its scoped name. */
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  /** The user's line. */
  readonly site: string | undefined;
}

/** Turns what shape inference found into the error the user sees. */
export function describeProblem(problem: OpProblem, { def, name, inputs, site }: Subject): MillraceError {
  const details = {
    problem: `${calledAs(def)} "${name}": ${problem.message}`,
    operands: operandLines(problem, def, inputs),
    fix: problem.fix,
    site,
  };
  if (problem.kind === "dtype") return new DTypeError(details);
  return problem.kind === "value" ? new ValueError(details) : new ShapeError(details);
}

function operandLines(problem: OpProblem, def: OpDef, inputs: readonly TensorSpec[]): OperandLine[] {
  const byName = nameInputs(def, inputs);
  return Object.entries<TensorSpec | readonly TensorSpec[] | undefined>(byName).flatMap(([name, input]) => {
    if (input === undefined) return [];
    if (!isList(input)) return [operandLine(problem, name, name, input)];
    return input.map((item, index) => operandLine(problem, name, `${name}[${index}]`, item));
  });
}

function operandLine(problem: OpProblem, input: string, name: string, { shape, dtype }: TensorSpec): OperandLine {
  const value = formatShape(shape) + (problem.kind === "dtype" ? ` ${dtype}` : "");
  return { name, value, note: problem.notes[input] };
}

function isList(input: TensorSpec | readonly TensorSpec[]): input is readonly TensorSpec[] {
  return Array.isArray(input);
}

/** An op as its users know it: `Conv2D` is `conv2d`. */
export function calledAs({ name, traits }: OpDef): string {
  return traits.calledAs ?? name.charAt(0).toLowerCase() + name.slice(1);
}
