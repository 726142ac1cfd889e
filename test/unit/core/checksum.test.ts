import assert from "node:assert/strict";
import { test } from "node:test";
import { internetChecksum, isRightSum, wordSum } from "../../../src/core/checksum.ts";
import { fromHex } from "../../support/packets.ts";

test("the example of RFC 1071 section 3 sums to ddf2", () => {
  assert.equal(internetChecksum(fromHex("0001 f203 f4f5 f6f7")), 0xffff - 0xddf2);
});

test("an odd byte at the end is the high one of its word", () => {
  assert.equal(internetChecksum(fromHex("0001 f2")), 0xffff - 0xf201);
});

test("pieces count as if they stood one after the other, whatever their lengths", () => {
  const whole = fromHex("0001f203f4f5f6f7");
  for (let first = 0; first <= whole.length; first++) {
    for (let second = first; second <= whole.length; second++) {
      assert.equal(
        internetChecksum(
          whole.subarray(0, first),
          whole.subarray(first, second),
          whole.subarray(second),
        ),
        internetChecksum(whole),
      );
    }
  }
});

test("data that carries its right checksum sums to 0, with a bit flipped it does not", () => {
  const header = fromHex("45c0002400010000ff70d0950a000001e0000012"); // an IPv4 header of keepalived
  assert.equal(internetChecksum(header), 0);
  header[8] = 254;
  assert.notEqual(internetChecksum(header), 0);
});

test("carries are folded until none is left", () => {
  assert.equal(internetChecksum(new Uint8Array(0x20000).fill(0xff)), 0);
  assert.equal(internetChecksum(fromHex("ffff ffff 0001")), 0xfffe);
});

test("nothing at all sums to ffff", () => {
  assert.equal(internetChecksum(), 0xffff);
});

test("a sum in parts from even places is that of the whole, and tells a right checksum", () => {
  const header = fromHex("45c0002400010000ff70d0950a000001e0000012");
  assert.equal(wordSum(header, 0, 12) + wordSum(header, 12, 20), wordSum(header, 0, 20));
  assert.ok(isRightSum(wordSum(header, 0, 20)));
  assert.ok(!isRightSum(wordSum(header, 0, 18)));
});

test("an odd last byte is the high one of its word", () => {
  assert.equal(wordSum(fromHex("010203ff"), 0, 3), 0x0102 + 0x0300);
});
