import { InternalError } from "../../../core/errors.ts";
import type { Launch } from "../kernel.ts";

/** Of ops that never become a step: sources, views and pure control flow. */
export const never: { launches(step: { readonly name: string }): Launch[] } = {
  launches: ({ name }) => {
    throw new InternalError({
      problem: `"${name}" became a step, but its op is one that the compiler leaves out.`,
      fix: "report this as a bug.",
    });
  },
};
