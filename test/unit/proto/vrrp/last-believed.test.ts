import assert from "node:assert/strict";
import { test } from "node:test";
import type { AdvertReceived } from "../../../../src/proto/vrrp/facts.ts";
import { HmacVerifier } from "../../../../src/proto/vrrp/hmac.ts";
import { LastBelieved } from "../../../../src/proto/vrrp/last-believed.ts";
import {
  type AdvertStandard,
  type HeardDatagram,
  judgeAdvert,
} from "../../../../src/proto/vrrp/receive.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { ip } from "../../../support/packets.ts";
import { advertOfPeer, vrrpInstance } from "../../../support/vrrp.ts";

const { config, reach } = vrrpInstance();
const standard: AdvertStandard = {
  ...config,
  source: ip("10.0.0.1"),
  addresses: [ip("10.0.0.100")],
  authPass: null,
  hmac: null,
  reach,
};
const heard: HeardDatagram = {
  source: ip("10.0.0.2"),
  destination: ip("224.0.0.18"),
  ttl: 255,
  payload: advertOfPeer("10.0.0.2", 200),
};
const fact = judgeAdvert(heard, standard, 0) as AdvertReceived;

function remembering(kept: AdvertStandard): LastBelieved {
  const believed = new LastBelieved();
  believed.remember(heard, kept, fact);
  return believed;
}

test("who remembers nothing recalls nothing", () => {
  assert.equal(new LastBelieved().recall(heard, standard), undefined);
});

test("an advert that repeats the last believed one is that one", () => {
  const again = { ...heard, payload: heard.payload.slice() };
  assert.equal(remembering(standard).recall(again, standard), fact);
});

test("one that differs in any byte, its length, its way or its sender is another", () => {
  const { payload } = heard;
  const others: HeardDatagram[] = [
    ...Array.from(payload, (byte, at) => ({ ...heard, payload: payload.with(at, byte ^ 1) })),
    { ...heard, payload: payload.subarray(1) },
    { ...heard, payload: Uint8Array.of(...payload, 0) },
    { ...heard, ttl: 254 },
    { ...heard, source: ip("10.0.0.3") },
    { ...heard, destination: ip("224.0.0.19") },
  ];
  for (const other of others) {
    assert.equal(remembering(standard).recall(other, standard), undefined);
  }
});

test("what was believed under another standard is judged anew", () => {
  assert.equal(remembering(standard).recall(heard, { ...standard, vrid: 7 }), undefined);
});

test("a signed advert that repeats another is a replay, never remembered", () => {
  const signed = { ...standard, hmac: new HmacVerifier(hmacSettings()) };
  assert.equal(remembering(signed).recall(heard, signed), undefined);
});
