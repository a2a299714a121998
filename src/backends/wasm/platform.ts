/**
 * What the platform is and has, found by looking for it: the only file that knows Node.js from a browser. Everything of
 * Node.js comes through `process.getBuiltinModule`, so that bundlers for browsers see no import of it.
 */

/** The parts of Node.js used here. */
interface NodeModules {
  "node:fs": typeof import("node:fs");
  "node:os": typeof import("node:os");
  "node:v8": typeof import("node:v8");
  "node:worker_threads": typeof import("node:worker_threads");
}

/** A part of Node.js, or undefined elsewhere. */
export function builtin<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined {
  const host: { process?: { getBuiltinModule?: (name: string) => unknown } } = globalThis;
  return host.process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
}

/** Whether this is Node.js itself: only there are V8's flags known to be what they are. */
export const isNode: boolean =
  typeof process === "object" && process.release?.name === "node" && !("bun" in process.versions);

/** How many threads can run at once. */
export function availableThreads(): number {
  const os = builtin("node:os");
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Compiles the WebAssembly module at `url`. */
export async function compileModule(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === "file:") {
    const fs = builtin("node:fs");
    // Not by a promise: the first use of those takes Node.js 6 ms, reading the file 0.3.
    if (fs !== undefined) return WebAssembly.compile(fs.readFileSync(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  // Streaming needs the server to say application/wasm; not every one does.
  if (response.headers.get("content-type") !== "application/wasm")
    return WebAssembly.compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response);
}

/** Milliseconds on a clock that all threads of the process share. */
export function sharedClock(): () => number {
  if (isNode) {
    return () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1e3 + nanoseconds / 1e6;
    };
  }
  return () => performance.timeOrigin + performance.now();
}

/**
 * Whether this V8 can make one 256-bit instruction of two neighbouring 128-bit ones, which doubles the speed of a matrix
 * product. Flags that V8 does not know make it print a complaint, so the versions that know it are told apart.
 */
export function joinsVectors(v8Major: number, arch: string): boolean {
  return v8Major >= 13 && arch === "x64";
}

/**
 * Lets V8 make the most of the kernels. To be called before the first module is compiled: worker threads inherit it.
 */
export function tuneEngine(): void {
  const v8 = isNode ? builtin("node:v8") : undefined;
  if (v8 === undefined) return;
  const [major = 0, minor = 0] = process.versions.v8.split(".").map(Number);
  if (joinsVectors(major, process.arch)) v8.setFlagsFromString("--experimental-wasm-revectorize");
  // Relaxed SIMD is on by default from V8 11.4; Node.js 20 has 11.3.
  if (major === 11 && minor === 3) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** A worker thread, the same in Node.js and browsers. */
export interface Thread {
  post(message: unknown): void;
  terminate(): Promise<void>;
  /** Whether it keeps a Node.js process alive. A thread starts without. */
  keepAlive(alive: boolean): void;
}

export interface ThreadEvents {
  readonly message: (message: unknown) => void;
  /** It is dead, or about to be. */
  readonly death: (reason: string) => void;
}

/** Starts `worker.ts` of this folder on a thread. */
export function startThread(name: string, events: ThreadEvents): Thread {
  const threads = builtin("node:worker_threads");
  return threads === undefined ? startWebWorker(events) : startNodeWorker(threads, name, events);
}

function startNodeWorker(threads: NodeModules["node:worker_threads"], name: string, events: ThreadEvents): Thread {
  // Sources run as they are: worker.ts beside platform.ts, worker.js beside platform.js.
  // (By a name, since webpack warns of a URL at import.meta.url that it cannot follow.)
  const here = import.meta.url;
  const file = new URL(here.endsWith(".ts") ? "./worker.ts" : "./worker.js", here);
  // Most flags of the process are not for its threads (preloads), or stop them from starting (--input-type).
  const execArgv = process.execArgv.filter((flag) => flag === "--experimental-strip-types");
  const worker = new threads.Worker(file, { name, execArgv });
  worker.on("message", events.message);
  worker.on("error", (error: unknown) => events.death(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => events.death(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    terminate: async () => void (await worker.terminate()),
    keepAlive: (alive) => (alive ? worker.ref() : worker.unref()),
  };
}

function startWebWorker(events: ThreadEvents): Thread {
  // Written out in full, so that bundlers see it: Vite 5 stops at options that hold a variable, such as the name.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "millrace" });
  worker.addEventListener("message", (event) => events.message(event.data));
  worker.addEventListener("messageerror", () => events.death("it could not be sent the kernels"));
  worker.addEventListener("error", (event) => events.death(event.message || "it could not be started"));
  return {
    post: (message) => worker.postMessage(message),
    terminate: async () => worker.terminate(),
    keepAlive: () => {},
  };
}

/** The worker's side: what the host posts comes in, what it posts goes to the host. */
export function connectToHost(receive: (message: unknown) => void): (message: unknown) => void {
  const port = builtin("node:worker_threads")?.parentPort;
  if (port) {
    port.once("message", receive);
    return (message) => port.postMessage(message);
  }
  globalThis.addEventListener("message", (event) => receive(event.data), { once: true });
  return (message) => globalThis.postMessage(message);
}
