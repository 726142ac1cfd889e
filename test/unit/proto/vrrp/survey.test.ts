import assert from "node:assert/strict";
import { test } from "node:test";
import { HmacSigner } from "../../../../src/proto/vrrp/hmac.ts";
import { foreignUse } from "../../../../src/proto/vrrp/survey.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { ip } from "../../../support/packets.ts";
import { advertOfPeer, peersOf } from "../../../support/vrrp.ts";

const heard = (addresses: string[], ttl = 255) => ({
  source: ip("10.0.0.2"),
  destination: ip("224.0.0.18"),
  ttl,
  payload: advertOfPeer("10.0.0.2", 100, addresses),
});
const OURS = {
  vrid: 51,
  addresses: ["10.0.0.100", "10.0.0.101"].map(ip),
  reach: { kind: "group", group: ip("224.0.0.18") },
} as const;

test("an advert for our VRID with other, fewer or more addresses is foreign", () => {
  for (const addresses of [
    ["10.0.0.77"],
    ["10.0.0.100"],
    ["10.0.0.100", "10.0.0.77"],
    ["10.0.0.100", "10.0.0.101", "10.0.0.102"],
  ]) {
    assert.deepEqual(foreignUse(heard(addresses), OURS), { source: "10.0.0.2", addresses });
  }
});

test("a signed advert tells its addresses like any other", () => {
  const plain = heard(["10.0.0.77"]);
  const payload = new HmacSigner(hmacSettings()).sign(plain.payload, plain.source, 0);
  assert.deepEqual(foreignUse({ ...plain, payload }, OURS)?.addresses, ["10.0.0.77"]);
});

test("our addresses in any order are a member of our group", () => {
  assert.equal(foreignUse(heard(["10.0.0.101", "10.0.0.100"]), OURS), undefined);
});

test("another VRID, junk and what crossed a router keep nobody from starting", () => {
  assert.equal(foreignUse(heard(["10.0.0.77"]), { ...OURS, vrid: 52 }), undefined);
  assert.equal(foreignUse(heard(["10.0.0.77"], 254), OURS), undefined);
  const junk = { ...heard(["10.0.0.77"]), payload: Uint8Array.of(0x31, 51, 100) };
  assert.equal(foreignUse(junk, OURS), undefined);
});

test("by unicast only a peer's advert keeps us from starting, whatever its TTL", () => {
  const datagram = heard(["10.0.0.77"], 60);
  assert.notEqual(foreignUse(datagram, { ...OURS, reach: peersOf("10.0.0.2") }), undefined);
  assert.equal(foreignUse(datagram, { ...OURS, reach: peersOf("10.0.0.3") }), undefined);
});
