import { FeedError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The error for a placeholder that a run needs and was not fed. */
export function missingFeed(tensor: Tensor): FeedError {
  return new FeedError({
    problem: `placeholder "${tensor.op.name}" is needed and was not fed.`,
    operands: [{ name: tensor.name, value: formatShape(tensor.shape), note: tensor.dtype }],
    fix: `add a ${tensor.dtype} value of shape ${formatShape(tensor.shape)} for it to the feeds of session.run(fetches, feeds).`,
    site: tensor.op.site,
  });
}

/** The error for a variable whose value is both fed and overwritten. */
export function assignedToFed(assignment: Operation, ref: Tensor): FeedError {
  return new FeedError({
    problem: `variable "${ref.op.name}" is fed and assigned to in the same run, by "${assignment.name}".`,
    operands: [{ name: ref.name, value: "fed", note: "feeding replaces the variable for this run" }],
    fix: "do not feed it, or do not fetch what depends on the assignment.",
    site: assignment.site,
  });
}
