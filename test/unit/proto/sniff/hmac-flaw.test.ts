import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTrailer } from "../../../../src/core/wire/vrrp-hmac.ts";
import { hmacFlaw } from "../../../../src/proto/sniff/hmac-flaw.ts";
import { HmacVerifier } from "../../../../src/proto/vrrp/hmac.ts";
import { hmacKey, hmacSettings, KEY_7 } from "../../../support/hmac.ts";
import { decodedOf, fromHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { advertPacket, seenOf } from "../../../support/sniffed.ts";
import { HMAC_ADVERTS } from "../../../vectors/hmac.ts";

const signed = (hex: string = HMAC_ADVERTS.v3Ip4[0]) => seenOf(packetOf(fromHex(hex), 1));

/** When it was sent: the seconds of its sequence. */
function sentMs(hex: string = HMAC_ADVERTS.v3Ip4[0]): number {
  const { sequence } = decodedOf(decodeTrailer(signed(hex).vrrp.trailer));
  return Number(sequence >> 32n) * 1000;
}

const told = (...[verifier, seen, wallMs]: Parameters<typeof hmacFlaw>) => {
  const flaw = hmacFlaw(verifier, seen, wallMs);
  return flaw && `${flaw.code} ${flaw.level}`;
};

test("without keys nothing is said", () => {
  assert.equal(told(null, signed(), 0), undefined);
});

test("adverts of keepalived are right at their time, once", () => {
  for (const [first, second] of Object.values(HMAC_ADVERTS)) {
    const verifier = new HmacVerifier(hmacSettings());
    const nowMs = sentMs(first);
    assert.equal(told(verifier, signed(first), nowMs), undefined);
    assert.equal(told(verifier, signed(second), nowMs), undefined);
    assert.equal(told(verifier, signed(first), nowMs), "hmac-replayed bad");
  }
});

test("each thing that can be wrong with a signature", () => {
  const judge = (changes: Parameters<typeof hmacSettings>[0], seen = signed(), wallMs = sentMs()) =>
    told(new HmacVerifier(hmacSettings(changes)), seen, wallMs);
  const wrong = hmacKey(1, "some other secret of thirty-two b");
  assert.equal(judge({ keys: [wrong], active: wrong }), "hmac-mismatch bad");
  assert.equal(judge({ keys: [KEY_7], active: KEY_7 }), "hmac-unknown-key bad");
  assert.equal(judge({}, signed(), sentMs() + 60_000), "hmac-stale bad");
  assert.equal(judge({}, seenOf(advertPacket())), "hmac-missing warn");
  const malformed = fromHex(HMAC_ADVERTS.v3Ip4[0]);
  malformed[14 + 20 + 16] = 9; // the type of the trailer
  assert.equal(judge({}, seenOf(packetOf(malformed, 1))), "hmac-malformed bad");
});

test("of what was not captured as a whole nothing is said", () => {
  const packet = packetOf(fromHex(HMAC_ADVERTS.v3Ip4[0]), 1);
  const cut = seenOf({ ...packet, end: packet.end - 4 });
  assert.equal(told(new HmacVerifier(hmacSettings()), cut, sentMs()), undefined);
});
