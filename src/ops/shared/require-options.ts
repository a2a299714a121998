import { ValueError } from "../../core/errors.ts";

/** For options that cannot be left out, which plain JavaScript does. */
export function requireOptions(op: string, options: unknown, fix: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new ValueError({ problem: `${op}: the options are ${String(options)}.`, fix });
}
