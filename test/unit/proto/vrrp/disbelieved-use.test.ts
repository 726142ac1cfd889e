import assert from "node:assert/strict";
import { test } from "node:test";
import { disbelievedUse } from "../../../../src/proto/vrrp/disbelieved-use.ts";
import { carpFrame } from "../../../support/foreign.ts";
import { fromHex } from "../../../support/packets.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

test("an advert with a bad checksum still names its VRID and its sender", () => {
  assert.deepEqual(disbelievedUse(fromHex(KEEPALIVED.v3Ip4.replace("3104c8", "3104c9"))), {
    protocol: "vrrp",
    vrid: 4,
    family: 4,
    source: "10.0.0.1",
    mac: "02:00:00:00:00:01",
  });
});

test("CARP is told by its length and its words of authentication", () => {
  const use = disbelievedUse(carpFrame("10.0.0.9", 7));
  assert.deepEqual([use?.protocol, use?.vrid, use?.source], ["carp", 7, "10.0.0.9"]);
});

test("nobody uses VRID 0, and other packets none", () => {
  assert.equal(disbelievedUse(fromHex(KEEPALIVED.v3Ip4.replace("3104c8", "3100c8"))), undefined);
  assert.equal(disbelievedUse(fromHex(KEEPALIVED.gratuitousArp)), undefined);
  assert.equal(disbelievedUse(new Uint8Array()), undefined);
});
