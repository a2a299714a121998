import type { StepTimes } from "../../compiler/plan.ts";

/**
 * Turns the times of launches into times of steps, in milliseconds since the run's start.
 * @param times [launches][2], begin and end, on the shared clock.
 * @param launchesOfStep number of launches of each step.
 */
export function readProfile(profile: StepTimes, times: Float64Array, launchesOfStep: readonly number[]): void {
  const start = times[0] ?? 0;
  let launch = 0;
  let now = 0;
  for (const [step, launches] of launchesOfStep.entries()) {
    const begin = launches === 0 ? now : (times[launch * 2] ?? start) - start;
    const end = launches === 0 ? now : (times[(launch + launches) * 2 - 1] ?? start) - start;
    profile.starts[step] = begin;
    profile.ends[step] = end;
    now = end;
    launch += launches;
  }
}
