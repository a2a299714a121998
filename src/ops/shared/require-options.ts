import { ValueError } from "../../core/errors.ts";
import { printValue } from "../../core/print-value.ts";
import { CallSite } from "../../graph/call-site.ts";
import { Tensor } from "../../graph/tensor.ts";

/**
 * Every op checks its options so, before it reads them: JavaScript lets `reduceSum(x, 1)` through, and would sum over
 * all axes.
 * @param meant the option that was most likely meant by something else in its place.
 * @throws ValueError unless they are one object.
 */
export function requireOptions(op: string, options: unknown, meant = "name"): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options) && !(options instanceof Tensor))
    return;
  // A number or list is what the option should be; of other things the name has to do.
  const example =
    options === undefined || (typeof options === "object" && !Array.isArray(options)) ? "..." : printValue(options);
  throw new ValueError({
    problem: `${op}: ${printValue(options)} stands where the options go.`,
    fix: `options are one object, the last argument: ${op}(..., { ${meant}: ${example} }).`,
    site: new CallSite().line,
  });
}
