import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { assign, group, type Variable } from "../ops/index.ts";
import { assignMovingAverage } from "../ops/assign-moving-average.ts";
import { slotOf } from "./slot-of.ts";

/** Name of a variable's moving average: the variable's, then this. */
const AVERAGE = "ema";

/** Of a checkpoint's variables the value that a trained network uses: the average, where training kept one. */
export function trainedValue<T>(variables: ReadonlyMap<string, T>, name: string): T | undefined {
  return variables.get(`${name}/${AVERAGE}`) ?? variables.get(name);
}

export interface Averages {
  readonly of: ReadonlyMap<Variable, Variable>;
  /** Sets them to the variables' values. */
  readonly start: Operation;
  /** Runs the step, then moves them. */
  readonly update: Operation;
}

/** Exponential moving averages of variables: average = decay x average + (1 - decay) x variable, after every step. */
export function averageVariables(variables: readonly Variable[], step: Operation, decay: number): Averages {
  const of = new Map(variables.map((v) => [v, slotOf(v, AVERAGE)]));
  const start = group(...[...of].map(([v, average]) => assign(average as Tensor, v as Tensor)));
  // Behind the step, a variable is read as the step left it.
  const update = step.graph.controlDependencies([step], () =>
    group(...[...of].map(([v, average]) => assignMovingAverage(average as Tensor, v as Tensor, { decay })), step),
  );
  return { of, start, update };
}
