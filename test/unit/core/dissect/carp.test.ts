import assert from "node:assert/strict";
import { test } from "node:test";
import { dissectCarp } from "../../../../src/core/dissect/carp.ts";
import { carpAdvert, patched, v2Advert, v3Advert } from "../../../support/odd-packets.ts";

const dissected = (message: Uint8Array, wholeBytes = message.length) =>
  dissectCarp(message, wholeBytes);

test("the fields of CARP", () => {
  const fields = { vhid: 7, advskew: 100, advbase: 1, checksumOk: true };
  assert.deepEqual(dissected(carpAdvert()), fields);
});

test("a bad checksum is told, an unknown one too", () => {
  assert.equal(dissected(patched(carpAdvert(), 2, 0))?.checksumOk, false);
  assert.equal(dissected(carpAdvert().slice(0, 35), 36)?.checksumOk, null);
});

test("an advert of VRRP version 2 with 7 addresses is none", () => {
  const advert = v2Advert(7);
  assert.equal(dissected(advert), undefined);
  assert.equal(dissected(advert.slice(0, 36), advert.length), undefined);
  assert.equal(dissected(Uint8Array.of(...advert, ...new Uint8Array(28))), undefined);
});

test("36 bytes of VRRP with another count or version are none", () => {
  assert.equal(dissected(v2Advert(5)), undefined);
  assert.equal(dissected(v3Advert(7)), undefined);
  assert.equal(dissected(new Uint8Array()), undefined);
});
