/** What a thread of the crew does: wait for a wake, take part in the run, wait for the next. */
import type { CrewMember } from "./crew.ts";
import { importsFor, prepare } from "./instance.ts";
import { connectToHost } from "./platform.ts";

const post = connectToHost((message) => serve(message as CrewMember));

function serve({ module, memory, control, worker }: CrewMember): void {
  const interpreter = prepare(new WebAssembly.Instance(module, importsFor(memory)), module);
  // It starts as if it had slept since the crew was made: a run that has already begun is joined at once.
  for (let wakes = 0; ; wakes = interpreter.awaitWake(control, wakes)) {
    if (interpreter.joinRun(control, worker) === 1) post("ended");
  }
}
