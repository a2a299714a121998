import type { Explanation } from "./explain.ts";
import type { StepTimes } from "./plan.ts";

/** An event of Chrome's trace format: a complete one (`X`), times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: "X";
  readonly ts: number;
  readonly dur: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: Readonly<Record<string, string | number>>;
}

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
}

/**
 * A profiled run for chrome://tracing or ui.perfetto.dev: write it to a file with `JSON.stringify`.
 *
 * @see "Trace Event Format", the Chromium project: complete events.
 */
export function traceOf({ steps }: Explanation, { starts, ends }: StepTimes): Trace {
  const traceEvents = steps.map(
    ({ name, op, kernel, algorithm, shapes, tasks, bytes, flops, gflopsPerSecond }, index): TraceEvent => {
      const rate: Record<string, number> = gflopsPerSecond === null ? {} : { gflopsPerSecond };
      return {
        name,
        cat: op,
        ph: "X",
        ts: starts[index]! * 1000,
        dur: (ends[index]! - starts[index]!) * 1000,
        pid: 1,
        tid: 1,
        args: { kernel, algorithm, shapes, tasks, bytes, flops, ...rate },
      };
    },
  );
  return { traceEvents, displayTimeUnit: "ms" };
}
