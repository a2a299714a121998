import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ValueError } from "../../../src/core/errors.ts";
import { matchClasses, numberedClasses } from "../../../src/node/data/match-classes.ts";

const named = (...names: string[]): Parameters<typeof matchClasses>[0] => ({ set: "set", names, areNumbers: false });

describe("classes of a data set", () => {
  test("are its own, unless others are wanted", () => {
    const classes = ["cat", "dog"];
    assert.deepEqual(matchClasses(named(...classes)), { classes, labels: [0, 1], notes: [] });
    assert.deepEqual(matchClasses(numberedClasses("set", 1)), { classes: ["0", "1"], labels: [0, 1], notes: [] });
  });

  test("by name, whatever their order, and some of them suffice", () => {
    const wanted = ["dog", "bird", "cat"];
    assert.deepEqual(matchClasses(named("cat", "dog"), wanted), { classes: wanted, labels: [2, 0], notes: [] });
    // Folders are sorted by text: label 2 of an array is not their third.
    assert.deepEqual(matchClasses(numberedClasses("set", 2), ["0", "1", "10", "2"]).labels, [0, 1, 3]);
  });

  test("by position where they are numbers of no names, which is said", () => {
    const wanted = ["arrow", "circle", "cross", "star"];
    const { classes, labels, notes } = matchClasses(numberedClasses("digits.npz", 2), wanted);
    assert.deepEqual([classes, labels], [wanted, [0, 1, 2]]);
    assert.deepEqual(notes, [
      "the labels of digits.npz are numbers, taken for positions of the classes: 0 as arrow, 1 as circle, 2 as cross, ...",
    ]);
  });

  for (const [name, set, wanted] of [
    ["another name", named("cat", "cow"), ["cat", "dog"]],
    ["more numbers than names", numberedClasses("set", 2), ["cat", "dog"]],
  ] as const) {
    test(`are refused: ${name}`, () => {
      assert.throws(() => matchClasses(set, wanted), /set has classes that were not trained: .*\n +known +cat, dog/);
    });
  }

  test("a label that is an identifier is no number of classes", () => {
    assert.equal(numberedClasses("set", 999_999).names.length, 1_000_000);
    assert.throws(
      () => numberedClasses("a.npz", 110_000_000),
      (error) => error instanceof ValueError && /a\.npz has the label 110000000: .*110,000,001/.test(error.message),
    );
  });
});
