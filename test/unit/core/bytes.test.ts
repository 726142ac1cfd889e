import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteWriter, copyOf, decoding, sameBytes } from "../../../src/core/bytes.ts";
import { fromHex, toHex } from "../../support/packets.ts";

const BYTES = fromHex("01 0203 fffefdfc aabbcc 99");

test("fields are read one after the other in network order", () => {
  const result = decoding("it", BYTES, (r) => [
    r.u8(),
    r.u16(),
    r.u32(),
    toHex(r.take(3)),
    r.left,
    toHex(r.rest()),
    toHex(r.rest()),
  ]);
  assert.deepEqual(result, {
    ok: true,
    value: [1, 0x0203, 0xfffefdfc, "aabbcc", 1, "99", ""],
  });
});

test("reading past the end is the fault `short` at the field that is missing", () => {
  const short = (offset: number) => ({ ok: false, fault: { layer: "it", code: "short", offset } });
  assert.deepEqual(
    decoding("it", fromHex("01 02"), (r) => [r.u8(), r.u16()]),
    short(1),
  );
  assert.deepEqual(
    decoding("it", fromHex("01"), (r) => r.skip(2)),
    short(0),
  );
  assert.deepEqual(
    decoding("it", new Uint8Array(), (r) => r.take(1)),
    short(0),
  );
});

test("`fail` ends the decoding with its code and the offset reached", () => {
  const result = decoding("it", BYTES, (r) => (r.u16() === 1 ? "one" : r.fail("not-one")));
  assert.deepEqual(result, { ok: false, fault: { layer: "it", code: "not-one", offset: 2 } });
});

test("a bug in a decoder is thrown, not called a fault", () => {
  assert.throws(
    () =>
      decoding("it", BYTES, () => {
        throw new TypeError("ours");
      }),
    TypeError,
  );
});

test("`times` reads a counted list", () => {
  const result = decoding("it", BYTES, (r) => r.times(3, () => r.u8()));
  assert.deepEqual(result, { ok: true, value: [1, 2, 3] });
});

test("what was taken stays as it was when a received buffer is used again", () => {
  for (const received of [fromHex("01020304"), Buffer.from("01020304", "hex")]) {
    const result = decoding("it", received, (r) => [r.take(2), r.rest()]);
    received.fill(0xee);
    assert.deepEqual(result, { ok: true, value: [fromHex("0102"), fromHex("0304")] });
  }
});

test("fields are written one after the other in network order", () => {
  const w = new ByteWriter().u8(1).u16(0x0203).u32(0xfffefdfc).raw(fromHex("aabbcc")).zeros(2);
  assert.equal(toHex(w.bytes()), "010203fffefdfcaabbcc0000");
  assert.equal(w.length, 12);
});

test("fields of some bits share their bytes, the first one highest", () => {
  assert.equal(toHex(new ByteWriter().bits([4, 6], [8, 0xc0], [20, 0xabcde]).bytes()), "6c0abcde");
  assert.equal(toHex(new ByteWriter().bits([1, 1], [7, 1]).bytes()), "81");
});

test("zeros are zero where a writer outgrew its first space", () => {
  const w = new ByteWriter().raw(new Uint8Array(60).fill(0xa5)).zeros(200).u8(7);
  assert.equal(toHex(w.bytes()), `${"a5".repeat(60)}${"00".repeat(200)}07`);
});

test("a value that does not fit its field is a caller's bug", () => {
  const w = new ByteWriter();
  for (const value of [-1, 256, 0.5, Number.NaN]) assert.throws(() => w.u8(value), RangeError);
  assert.throws(() => w.u16(0x10000), RangeError);
  assert.throws(() => w.u32(2 ** 32), RangeError);
  assert.throws(() => w.bits([3, 8], [5, 0]), RangeError);
  assert.throws(() => w.raw(new Uint8Array(5), 4), RangeError);
  assert.equal(w.length, 0);
});

test("a patch overwrites what stands there and nothing behind the end", () => {
  const w = new ByteWriter().u32(0).u8(9);
  assert.equal(toHex(w.patchU16(1, 0xabcd).bytes()), "00abcd0009");
  assert.equal(toHex(w.patchU32(1, 0x01020304).bytes()), "0001020304");
  assert.throws(() => w.patchU32(2, 1), RangeError);
  assert.throws(() => w.patchU16(4, 1), RangeError);
  assert.throws(() => w.patchU16(0, 0x10000), RangeError);
});

test("bytes handed out are not those still written to", () => {
  const w = new ByteWriter().u8(1);
  const before = w.bytes();
  w.u8(2).patchU16(0, 0x0909);
  assert.equal(toHex(before), "01");
});

test("a writer that begins anew leaves what it handed out, and zeros are zero over what stood there", () => {
  const writer = new ByteWriter().u32(0xffffffff);
  const first = writer.bytes();
  const second = writer.clear().u8(1).zeros(2).bytes();
  assert.deepEqual([toHex(first), toHex(second)], ["ffffffff", "010000"]);
});

test("a copy of some bytes is no view of them, short or long", () => {
  for (const length of [2, 200]) {
    const bytes = Buffer.from(new Uint8Array(length + 2).fill(7));
    const copy = copyOf(bytes, 1, length + 1);
    bytes.fill(0);
    assert.deepEqual(copy, new Uint8Array(length).fill(7));
  }
});

test("bytes are the same by length and value", () => {
  const [one, other] = [fromHex("0102"), fromHex("0103")];
  assert.deepEqual([sameBytes(one, fromHex("0102")), sameBytes(one, other)], [true, false]);
  assert.deepEqual([sameBytes(one, fromHex("01")), sameBytes(fromHex("01"), one)], [false, false]);
});
