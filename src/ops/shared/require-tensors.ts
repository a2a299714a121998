import { ValueError } from "../../core/errors.ts";
import { printValue } from "../../core/print-value.ts";
import { CallSite } from "../../graph/call-site.ts";

/**
 * For functions that take a list of tensors: JavaScript lets `stack(a, b)` through.
 * @param call what to write instead: `stack([a, b])`.
 * @throws ValueError unless it is a list.
 */
export function requireTensors(call: string, values: unknown): void {
  if (Array.isArray(values)) return;
  throw new ValueError({
    problem: `${call.slice(0, call.indexOf("("))}: ${printValue(values)} stands where a list of tensors goes.`,
    fix: `write tf.${call}.`,
    site: new CallSite().line,
  });
}
