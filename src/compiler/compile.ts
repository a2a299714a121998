import { emit } from "./emit.ts";
import type { Program } from "./ir.ts";
import { fitMemory } from "./fit-memory.ts";
import { packArena, packWithoutSharing } from "./pack-arena.ts";
import { assignDirectly } from "./passes/assign-directly.ts";
import { checkNumerics, orderChecks } from "./passes/check-numerics.ts";
import { copyOldValues } from "./passes/copy-old-values.ts";
import { dropUnused } from "./passes/drop-unused.ts";
import { fuse } from "./passes/fuse.ts";
import { hoistConstants } from "./passes/hoist-constants.ts";
import { lower } from "./passes/lower.ts";
import { maskPooled } from "./passes/mask-pooled.ts";
import { mergeTwins } from "./passes/merge-twins.ts";
import { resolveViews } from "./passes/resolve-views.ts";
import { schedule, scheduleInProgramOrder } from "./passes/schedule.ts";
import { splitBatch } from "./passes/split-batch.ts";
import { placeBuffers } from "./place-buffers.ts";
import type { Plan } from "./plan.ts";
import type { CompileRequest, Feature } from "./request.ts";
import { verifyPlan, verifyProgram } from "./verify.ts";

/**
 * Makes the plan for one set of fetches and feed shapes: what a session runs.
 *
 * The passes, in the order they run:
 *
 * 1. `lower`: the needed part of the graph, concrete shapes, single assignment
 * 2. `checkNumerics` (when asked for): a count of NaN and infinities after every float32 result
 * 3. `mergeTwins`: common subexpressions and equal constants
 * 4. `maskPooled`: gradients of relus before those of the max pools behind them
 * 5. `fuse`: neighbours that the target runs as one step
 * 6. `dropUnused`: what only fused steps or twins needed
 * 7. `hoistConstants`: what depends on constants alone runs once
 * 8. `resolveViews`: reshapes become names for memory
 * 9. `copyOldValues`: of variables that are overwritten while the old value is still needed
 * 10. `schedule`: the order
 * 11. `fitMemory`, where the plan would not fit into the memory: `recompute` values instead of keeping them, `splitBatch`
 * 12. `assignDirectly`: results into the variables that they are assigned to
 * 13. `placeBuffers`: which memory each value lies in
 * 14. `emit`: geometry, algorithm, workspace, addresses
 *
 * @throws FeedError when a placeholder that the fetches need is not fed.
 * @throws ShapeError, DTypeError, ValueError when what is fed does not fit together.
 * @throws GraphError when a fetch or a feed is of another graph.
 */
export function compile(request: CompileRequest): Plan {
  const { target, options = {} } = request;
  const without = new Set<Feature>(options.without);
  const verified = options.verify === true ? verifyProgram : (program: Program): Program => program;
  const run = (feature: Feature, pass: (program: Program) => Program, program: Program): Program =>
    without.has(feature) ? program : verified(pass(program), feature);

  let program = verified(lower(request), "lower");
  if (options.checkNumerics === true) program = verified(checkNumerics(program), "checkNumerics");
  program = run("mergeTwins", mergeTwins, program);
  program = run("maskPooled", maskPooled, program);
  program = run("fuse", (unfused) => fuse(unfused, target.fusions), program);
  program = verified(dropUnused(program), "dropUnused");
  program = run("hoistConstants", hoistConstants, program);
  program = verified(resolveViews(program), "resolveViews");
  program = verified(copyOldValues(program), "copyOldValues");

  if (options.parts !== undefined) program = verified(splitBatch(program, options.parts) ?? program, "splitBatch");
  const finished = fitMemory(program, {
    order: (unordered) => {
      const ordered = without.has("schedule") ? scheduleInProgramOrder(unordered) : schedule(unordered);
      return verified(orderChecks(ordered), "schedule");
    },
    finish: (ordered) => {
      const direct = run("assignDirectly", assignDirectly, ordered);
      const placement = placeBuffers(direct, { inPlace: !without.has("inPlace") });
      const pack = without.has("shareMemory") ? packWithoutSharing : packArena;
      return {
        program: direct,
        placement,
        plan: emit(direct, placement, { target, exact: options.exact === true, pack }),
      };
    },
    verified,
    limitOf: ({ plan }) => options.arenaLimit ?? target.arenaLimit?.(plan.buffers) ?? Infinity,
    splits: !without.has("splitBatch"),
  });
  if (options.verify === true) verifyPlan(finished.plan, finished.program, finished.placement);
  return finished.plan;
}
