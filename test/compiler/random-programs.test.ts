import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compile } from "../../src/compiler/compile.ts";
import type { Feature } from "../../src/compiler/request.ts";
import { FeedError } from "../../src/core/errors.ts";
import { Interpreter } from "./support/interpreter.ts";
import { Machine, machineTarget } from "./support/machine.ts";
import { buildProgram, randomProgram, type RandomProgram } from "./support/random-program.ts";

const PASSES: readonly Feature[] = [
  "mergeTwins",
  "maskPooled",
  "fuse",
  "hoistConstants",
  "schedule",
  "assignDirectly",
  "inPlace",
  "shareMemory",
];

/** Three runs in a row, so that variables carry over; plans are verified after each pass. */
function agrees(program: RandomProgram, without: readonly Feature[], checkNumerics = false): void {
  const built = buildProgram(program);
  const { graph, fetches, feeds } = built;
  const interpreter = new Interpreter();
  const machine = new Machine();
  let plan;
  try {
    plan = compile({
      graph,
      fetches,
      feeds: feeds.map((tensor) => ({ tensor, shape: tensor.shape.map((dimension) => dimension ?? 4) })),
      target: machineTarget,
      options: { verify: true, without, checkNumerics },
    });
  } catch (error) {
    // A random feed may replace a variable that the program assigns to.
    if (error instanceof FeedError) return;
    throw error;
  }
  for (let run = 0; run < 3; run++) {
    const fed = feeds.map((_, index) => [1, -1, run, index - 2]);
    assert.deepEqual(machine.run(plan, fed).slice(0, fetches.length), interpreter.run(built, fed));
  }
}

describe("random programs compute what the graph says", () => {
  it("with all passes", () =>
    fc.assert(
      fc.property(randomProgram, (program) => agrees(program, [])),
      { numRuns: 400 },
    ));

  for (const pass of PASSES) {
    it(`without ${pass}`, () =>
      fc.assert(
        fc.property(randomProgram, (program) => agrees(program, [pass])),
        { numRuns: 100 },
      ));
  }

  it("without any", () =>
    fc.assert(
      fc.property(randomProgram, (program) => agrees(program, PASSES)),
      { numRuns: 100 },
    ));

  it("with checkNumerics", () =>
    fc.assert(
      fc.property(randomProgram, (program) => agrees(program, [], true)),
      { numRuns: 100 },
    ));
});
