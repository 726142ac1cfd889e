import assert from "node:assert/strict";
import { test } from "node:test";
import { LastBytes } from "../../../src/core/last-bytes.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("the end of a stream is kept, however it is cut into pieces", () => {
  for (const size of [1, 3, 4, 5, 9, 20]) {
    const last = new LastBytes(5);
    const all = bytes("0123456789");
    for (let at = 0; at < all.length; at += size) last.add(all.subarray(at, at + size));
    assert.equal(last.text, "56789", `pieces of ${size}`);
  }
});

test("what is shorter is kept as it is, and the bytes may be used again", () => {
  const last = new LastBytes(100);
  const piece = bytes("abc");
  last.add(piece);
  piece.fill(0);
  assert.equal(last.text, "abc");
});

test("no half of a character stands where it was cut, and broken UTF-8 is still text", () => {
  const cut = new LastBytes(4);
  cut.add(bytes("x€y"));
  cut.add(bytes("z"));
  assert.equal(cut.text, "yz");
  const broken = new LastBytes(4);
  broken.add(Uint8Array.of(0x80, 0x41));
  assert.equal(broken.text, "\ufffdA");
});
