import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { CACHE_LINE } from "../../src/core/alignment.ts";
import { leastBytes, packArena, packWithoutSharing, type Piece } from "../../src/compiler/pack-arena.ts";

const pieces: fc.Arbitrary<Piece[]> = fc.array(
  fc
    .record({ bytes: fc.oneof(fc.nat(300), fc.nat(100_000)), start: fc.nat(40), length: fc.nat(20) })
    .map(({ bytes, start, length }) => ({ bytes, start, end: start + length })),
  { maxLength: 60 },
);

describe("packArena", () => {
  it("no two pieces in use at one time overlap, all are aligned and inside", () =>
    fc.assert(
      fc.property(pieces, (list) => {
        const { offsets, bytes } = packArena(list);
        for (const [i, a] of list.entries()) {
          assert.equal(offsets[i]! % CACHE_LINE, 0);
          assert.ok(offsets[i]! + a.bytes <= bytes || a.bytes === 0);
          for (const [j, b] of list.entries()) {
            if (j <= i || a.bytes === 0 || b.bytes === 0 || a.end < b.start || b.end < a.start) continue;
            assert.ok(
              offsets[i]! + a.bytes <= offsets[j]! || offsets[j]! + b.bytes <= offsets[i]!,
              `${i} and ${j} overlap`,
            );
          }
        }
      }),
    ));

  it("needs at least the peak, at most everything side by side", () =>
    fc.assert(
      fc.property(pieces, (list) => {
        const { bytes } = packArena(list);
        assert.ok(bytes >= leastBytes(list) && bytes <= packWithoutSharing(list).bytes);
      }),
    ));

  it("a chain needs its two largest neighbours", () => {
    const chain = [640, 64, 1280, 640, 64].map((bytes, index) => ({ bytes, start: index, end: index + 1 }));
    assert.equal(packArena(chain).bytes, 1280 + 640);
  });

  it("nothing needs nothing", () => assert.deepEqual(packArena([]), { offsets: [], bytes: 0 }));
});
