import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { measureAll } from "../../bench/guard/attempts.ts";
import { judge } from "../../bench/guard/judge.ts";
import { disagreement } from "../../bench/peers/agreement.ts";
import { ratioOf, summarize } from "../../bench/statistics.ts";

describe("bench/statistics", () => {
  test("median and quartiles, as NumPy's", () => {
    assert.deepEqual(summarize([4, 1, 3, 2]), { count: 4, median: 2.5, min: 1, max: 4, spread: 1.5 / 2.5 });
    assert.equal(summarize([7]).spread, 0);
    assert.throws(() => summarize([]), RangeError);
  });

  test("a ratio is taken round by round, so that a slow moment falls out", () => {
    assert.deepEqual(ratioOf([2, 20, 4], [1, 10, 2]), { median: 2, low: 2, high: 2 });
  });

  test("the interval of 9 rounds leaves one out on each side, that of 5 none", () => {
    const ones = new Array<number>(9).fill(1);
    assert.deepEqual(ratioOf([1, 2, 3, 4, 5, 6, 7, 8, 9], ones), { median: 5, low: 2, high: 8 });
    assert.deepEqual(ratioOf([1, 2, 3, 4, 5], ones), { median: 3, low: 1, high: 5 });
  });
});

describe("bench/guard", () => {
  const ours = [1, 1.01, 0.99, 1, 1.02, 0.98, 1];
  const kernel = "k";

  test("a kernel that became a quarter slower has fallen", () => {
    const theirs = ours.map((seconds) => seconds / 1.25);
    assert.equal(judge({ kernel, ours, oursAgain: ours.toReversed(), theirs }).fallen, true);
  });

  test("the same quarter is nothing where the run's own noise is larger", () => {
    const theirs = ours.map((seconds) => seconds / 1.25);
    const oursAgain = ours.map((seconds, round) => seconds * (round % 2 === 0 ? 1.6 : 0.9));
    assert.equal(judge({ kernel, ours, oursAgain, theirs }).fallen, false);
  });

  test("one slow round is nothing, nor is a faster kernel", () => {
    const oursAgain = ours;
    assert.equal(judge({ kernel, ours: [...ours.slice(1), 9], oursAgain, theirs: ours }).fallen, false);
    assert.equal(judge({ kernel, ours, oursAgain, theirs: ours.map((seconds) => seconds * 2) }).fallen, false);
  });
});

describe("bench/guard/attempts", () => {
  const attempts = 3;
  /** Measures from a list, and keeps what was asked. */
  function machineWith(times: Readonly<Record<string, readonly number[]>>): {
    readonly asked: string[];
    readonly measure: (kernel: string) => Promise<readonly number[]>;
  } {
    const asked: string[] = [];
    return {
      asked,
      measure: async (kernel) => {
        const attempt = asked.filter((name) => name === kernel).length;
        asked.push(kernel);
        return [times[kernel]?.[attempt] ?? Number.NaN];
      },
    };
  }
  const above = (limit: number) => async (seconds: ReadonlyMap<string, readonly number[]>) =>
    [...seconds].filter(([, [first = 0]]) => first > limit).map(([kernel]) => kernel);

  test("a kernel that was slow for a moment is measured again, the others are not", async () => {
    const { asked, measure } = machineWith({ slow: [9, 1], fine: [1] });
    const seconds = await measureAll(["slow", "fine"], { attempts, measure, suspects: above(2) });
    assert.deepEqual(asked, ["slow", "fine", "slow"]);
    assert.deepEqual(seconds, new Map(Object.entries({ slow: [1], fine: [1] })));
  });

  test("a kernel that stays slow is measured three times, and its best attempt counts", async () => {
    const { asked, measure } = machineWith({ slow: [9, 7, 8] });
    const seconds = await measureAll(["slow"], { attempts, measure, suspects: above(2) });
    assert.equal(asked.length, 3);
    assert.deepEqual(seconds.get("slow"), [7]);
  });
});

describe("bench/agreement", () => {
  test("results within a thousandth agree", () => assert.equal(disagreement([1000, -2], [1000.5, -2]), null));

  test("what differs is named", () => {
    assert.match(disagreement([1, 2], [1, 2.1]) ?? "", /result 1 is 2.1 instead of 2/);
    assert.match(disagreement([1, 2], [1]) ?? "", /1 results instead of 2/);
    assert.match(disagreement([1], [Number.NaN]) ?? "", /NaN/);
  });
});
