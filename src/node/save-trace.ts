import type { Trace } from "../compiler/trace.ts";
import { ValueError } from "../core/errors.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/**
 * Writes the trace of a profiled run, `(await session.explain(y, feeds, { profile: true })).trace`, for
 * https://ui.perfetto.dev or chrome://tracing.
 *
 * @throws ValueError when there is no trace, because the run was not profiled. @throws the system's error when the file
 * cannot be written.
 */
export async function saveTrace(path: string, trace: Trace | null): Promise<void> {
  if (trace === null) {
    throw new ValueError({
      problem: `saveTrace "${path}": the explanation has no trace.`,
      fix: "ask for one: session.explain(fetches, feeds, { profile: true }).",
    });
  }
  await writeFileAtomically(path, `${JSON.stringify(trace)}\n`);
}
