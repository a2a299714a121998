/** What the notes' benchmarks define first: how to print an activation, and how to time a run. */
import type * as tf from "millrace";

/** Name and shape of a layer's result. */
export function printActivations(t: tf.Tensor): void {
  console.log(t.op.name, " ", `[${t.shape.join(", ")}]`);
}

/** The notes' `time_tensorflow_run`: mean and deviation of the durations of `numBatches` runs of `target`. */
export async function timeRun(
  session: tf.Session,
  target: tf.Tensor | readonly (tf.Tensor | null)[],
  infoString: string,
  numBatches: number,
  numStepsBurnIn: number,
): Promise<void> {
  let totalDuration = 0.0;
  let totalDurationSquared = 0.0;

  for (let i = 0; i < numBatches + numStepsBurnIn; i++) {
    const startTime = performance.now();
    await session.run(target);
    const duration = (performance.now() - startTime) / 1000;
    if (i >= numStepsBurnIn) {
      if ((i - numStepsBurnIn) % 10 === 0) {
        console.log(`${now()}: step ${i - numStepsBurnIn}, duration = ${duration.toFixed(3)}`);
      }
      // Every step counts. The notes add only every tenth, inside the condition above, but divide by all of them.
      totalDuration += duration;
      totalDurationSquared += duration * duration;
    }
  }

  const mn = totalDuration / numBatches;
  const vr = totalDurationSquared / numBatches - mn * mn;
  // Rounding may leave a variance of 0 a little below it.
  const sd = Math.sqrt(Math.max(vr, 0));
  console.log(`${now()}: ${infoString} across ${numBatches} steps, ${mn.toFixed(3)} +/- ${sd.toFixed(3)} sec / batch`);
}

/** The local date and time as Python prints it. Swedish writes dates that way: 2026-11-22 19:45:11. */
function now(): string {
  return new Date().toLocaleString("sv-SE");
}
