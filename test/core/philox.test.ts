import assert from "node:assert/strict";
import { test } from "node:test";
import { philox, uniformOf } from "../../src/core/philox.ts";

type Words<N extends number> = N extends 4 ? readonly [number, number, number, number] : readonly [number, number];

/** Known answers of Random123's kat_vectors for philox4x32, 10 rounds. */
const known: readonly {
  readonly title: string;
  readonly counter: Words<4>;
  readonly key: Words<2>;
  readonly words: Words<4>;
}[] = [
  {
    title: "zeros",
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    title: "ones",
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    title: "digits of pi",
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

for (const { title, counter, key, words } of known) {
  test(`philox: ${title}`, () => {
    const out = new Uint32Array(6);
    philox(counter, key, out, 1);
    assert.deepEqual([...out], [0, ...words, 0]);
  });
}

test("uniformOf lies in [0, 1)", () => {
  assert.equal(uniformOf(0), 0);
  assert.equal(uniformOf(0xff), 0);
  assert.equal(uniformOf(0xffffffff), 1 - 2 ** -24);
});
