import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { array, assert as assertProperty, nat, property, record } from "fast-check";
import { ValueError } from "../../../src/core/errors.ts";
import { Heap } from "../../../src/backends/wasm/heap.ts";

function smallHeap(limitBytes = 2 ** 22): Heap {
  const heap = new Heap({ shared: true, limitBytes });
  heap.begin(1000);
  return heap;
}

describe("heap", () => {
  test("blocks are aligned to 64 bytes, apart, above the module's own memory and below the limit", () => {
    const sizes = array(record({ bytes: nat(300_000), release: nat(20) }), { maxLength: 60 });
    assertProperty(
      property(sizes, (requests) => {
        const heap = smallHeap();
        const live: { address: number; bytes: number }[] = [];
        for (const { bytes, release } of requests) {
          const address = heap.allocate(bytes);
          if (address === null) assert.ok(live.length > 0, "an empty heap has room");
          else live.push({ address, bytes });
          const victim = live[release];
          if (victim !== undefined) {
            heap.release(victim.address);
            live.splice(release, 1);
          }
        }
        live.sort((a, b) => a.address - b.address);
        let end = 1000;
        for (const { address, bytes } of live) {
          assert.equal(address % 64, 0);
          assert.ok(address >= end);
          end = address + bytes;
        }
        assert.ok(end <= heap.limit && end <= heap.memory.buffer.byteLength);
      }),
    );
  });

  test("what was given back merges: the whole memory can be had again", () => {
    const heap = smallHeap();
    const whole = 2 ** 22 - 1024;
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      const blocks = Array.from({ length: 4 }, () => heap.allocate(whole / 4 - 64) ?? assert.fail("no room"));
      for (const index of order) heap.release(blocks[index] ?? 0);
      const all = heap.allocate(whole) ?? assert.fail("the blocks did not merge");
      heap.release(all);
    }
    assert.equal(heap.used, 0);
  });

  test("growing makes new views and keeps what was written", () => {
    for (const shared of [true, false]) {
      const heap = new Heap({ shared, limitBytes: 2 ** 22 });
      heap.begin(1024);
      const first = heap.allocate(64) ?? assert.fail();
      heap.words[first >>> 2] = 7;
      const before = heap.words;
      assert.notEqual(heap.allocate(2 ** 20), null);
      assert.notEqual(heap.words, before);
      assert.equal(heap.words[first >>> 2], 7);
      assert.ok(heap.floats.length >= 2 ** 18);
    }
  });

  test("no room: null, and the heap goes on", () => {
    const heap = smallHeap();
    assert.equal(heap.allocate(2 ** 23), null);
    assert.notEqual(heap.allocate(2 ** 20), null);
  });

  test("a memory of 4 GiB ends before 2^32", () => {
    const heap = new Heap({ shared: true });
    assert.ok(heap.limit < 2 ** 32);
  });

  test("a limit that is no size is refused", () => {
    for (const limitBytes of [0, -1, Number.NaN, 2 ** 33]) {
      assert.throws(() => new Heap({ shared: true, limitBytes }), ValueError);
    }
  });
});
