import type { Backend } from "./runtime/backend.ts";
import { Session as RuntimeSession, type SessionOptions as RuntimeOptions } from "./runtime/session.ts";
import { wasm } from "./backends/wasm/index.ts";

export interface SessionOptions extends Omit<RuntimeOptions, "backend"> {
  /** What runs the plans; default: `tf.wasm()`, on all cores, shared by all sessions that name no other. */
  readonly backend?: Backend;
}

let shared: Backend | null = null;

/** The backend of sessions that name none. Made at the first use. */
function defaultBackend(): Backend {
  shared ??= wasm();
  return shared;
}

/** A session that runs on the `wasm` backend when it is given no other. See `runtime/session.ts`. */
export class Session extends RuntimeSession {
  constructor(options: SessionOptions = {}) {
    super({ ...options, backend: options.backend ?? defaultBackend() });
  }
}
