/** Where Millrace's own files lie: frames below it are ours, the first above is the user's. */
const OWN_ROOT = new URL("..", import.meta.url).href.replace("file://", "");
/** The first frame is this file's. With source maps it names the source, wherever that lies. */
const OWN_SOURCE = /([^\s()]+\/)graph\/call-site\.[jt]s:\d+:\d+\)?$/;
const FRAMES = 16;

/** The user's line an operation was built at. The stack is taken at once, its text is read only when asked for. */
export class CallSite {
  readonly #error: Error;

  constructor() {
    const holder = Error as { stackTraceLimit?: number };
    const limit = holder.stackTraceLimit;
    holder.stackTraceLimit = FRAMES;
    this.#error = new Error("call site");
    if (limit !== undefined) holder.stackTraceLimit = limit;
  }

  /** `path/file.ts:31`, relative to the working directory where there is one; undefined when the platform is silent. */
  get line(): string | undefined {
    const frames = (this.#error.stack ?? "").split("\n").filter((frame) => /:\d+:\d+\)?$/.test(frame));
    const sources = OWN_SOURCE.exec(frames[0] ?? "")?.[1] ?? OWN_ROOT;
    const others = [OWN_ROOT, sources, "node:internal"];
    const user = frames.find((frame) => others.every((other) => !frame.includes(other)));
    const place = user === undefined ? undefined : /\(?([^\s()]+):(\d+):\d+\)?$/.exec(user);
    if (!place?.[1]) return undefined;
    return `${relative(place[1].replace("file://", ""))}:${place[2]}`;
  }
}

function relative(path: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } };
  const root = process?.cwd?.();
  return root !== undefined && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
