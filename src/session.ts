import { ValueError } from "./core/errors.ts";
import { Graph } from "./graph/graph.ts";
import type { Backend } from "./runtime/backend.ts";
import { Session as RuntimeSession, type SessionOptions as RuntimeOptions } from "./runtime/session.ts";
import { wasm } from "./backends/wasm/index.ts";

export interface SessionOptions extends Omit<RuntimeOptions, "backend"> {
  /** What runs the plans; default: `tf.wasm()`, on all cores, shared by all sessions that name no other. */
  readonly backend?: Backend;
}

/**
 * A session that runs on the `wasm` backend when it is given no other. See `runtime/session.ts`.
 *
 * `wasm()` gives every session the same backend, and a new one when that was closed or broke.
 */
export class Session extends RuntimeSession {
  constructor(options: SessionOptions = {}) {
    super({ ...requireRecord(options), backend: options.backend ?? wasm() });
  }
}

/** JavaScript lets `new Session(graph)` through, and would take the default graph. */
function requireRecord(options: SessionOptions): SessionOptions {
  if (!(options instanceof Graph)) return options;
  throw new ValueError({
    problem: "Session: a graph in place of the options.",
    fix: "write new tf.Session({ graph }).",
  });
}
