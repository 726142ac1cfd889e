import assert from "node:assert/strict";
import { test } from "node:test";
import { familyOf } from "../../../../src/core/addr.ts";
import { decodeVrrp } from "../../../../src/core/wire/vrrp.ts";
import {
  decodeTrailer,
  encodeTrailer,
  splitTrailer,
  TRAILER_BYTES,
  trailerMac,
} from "../../../../src/core/wire/vrrp-hmac.ts";
import { KEEPALIVED_ADVERTS, KEY_1, KEY_7 } from "../../../support/hmac.ts";
import { codeOf, decodedOf, fromHex, toHex } from "../../../support/packets.ts";

for (const { name, source, destination, message } of KEEPALIVED_ADVERTS) {
  test(`keepalived's trailer is ours, byte for byte: ${name} ${toHex(message).slice(-8)}`, () => {
    const { pdu, trailer = assert.fail() } = splitTrailer(message, familyOf(source));
    assert.equal(decodeVrrp(pdu, { source, destination }, trailer).ok, true);
    const decoded = decodedOf(decodeTrailer(trailer));
    const key = decoded.keyId === 7 ? KEY_7 : KEY_1;
    const mac = trailerMac(pdu, source, decoded, key.mac);
    assert.equal(toHex(encodeTrailer({ ...decoded, mac })), toHex(trailer));
  });
}

test("the sequence is seconds, 1/65536 seconds and counter", () => {
  const trailer = fromHex(`01070000 6b03ff91 a3cd 0002 ${"5a".repeat(16)}`);
  const value = decodedOf(decodeTrailer(trailer));
  assert.equal(value.keyId, 7);
  assert.equal(value.sequence, 0x6b03ff91a3cd0002n);
  assert.equal(toHex(value.mac), "5a".repeat(16));
  assert.equal(toHex(encodeTrailer(value)), toHex(trailer));
});

test("a message of another length has no trailer, and keeps all its bytes", () => {
  const { message } = KEEPALIVED_ADVERTS[0] ?? assert.fail();
  for (const other of [
    message.subarray(0, -1),
    message.subarray(0, -TRAILER_BYTES),
    Uint8Array.of(...message, 0),
    new Uint8Array(),
  ]) {
    assert.deepEqual(splitTrailer(other, 4), { pdu: other, trailer: undefined });
  }
});

test("what is no trailer is refused with its code", () => {
  const good = encodeTrailer({ keyId: 1, sequence: 1n, mac: new Uint8Array(16) });
  const changed = (at: number, value: number) => good.with(at, value);
  assert.equal(codeOf(decodeTrailer(changed(0, 2))), "bad-type");
  assert.equal(codeOf(decodeTrailer(changed(1, 0))), "bad-key-id");
  assert.equal(codeOf(decodeTrailer(changed(3, 1))), "bad-reserved");
  assert.equal(codeOf(decodeTrailer(good.subarray(0, -1))), "short");
  assert.equal(codeOf(decodeTrailer(Uint8Array.of(...good, 0))), "trailing");
});

test("a value that fits no trailer is a caller's bug", () => {
  const good = { keyId: 1, sequence: 1n, mac: new Uint8Array(16) };
  assert.throws(() => encodeTrailer({ ...good, keyId: 0 }), RangeError);
  assert.throws(() => encodeTrailer({ ...good, keyId: 256 }), RangeError);
  assert.throws(() => encodeTrailer({ ...good, sequence: 1n << 64n }), RangeError);
  assert.throws(() => encodeTrailer({ ...good, sequence: -1n }), RangeError);
  assert.throws(() => encodeTrailer({ ...good, mac: new Uint8Array(15) }), RangeError);
});
