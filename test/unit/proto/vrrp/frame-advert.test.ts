import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrameAdvert } from "../../../../src/proto/vrrp/frame-advert.ts";
import { fromHex } from "../../../support/packets.ts";
import { KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const read = (hex: string) => readFrameAdvert(fromHex(hex));

test("adverts of both versions and families are read with who sent them", () => {
  assert.deepEqual(read(KEEPALIVED.v2Pass), {
    vrid: 3,
    family: 4,
    version: 2,
    source: "10.0.0.1",
    mac: "02:00:00:00:00:01",
    priority: 150,
    intervalMs: 1000,
    addresses: ["10.0.0.103", "10.0.0.104"],
  });
  const { v3Ip6 } = KEEPALIVED;
  const advert = read(v3Ip6);
  assert.ok(typeof advert === "object");
  assert.deepEqual([advert.family, advert.vrid, advert.source], [6, 6, "fe80::ff:fe00:1"]);
});

test("why an advert is not believed is told", () => {
  const ttl = KEEPALIVED.v3Ip4.replace("ff70d095", "fe70d195");
  assert.equal(read(ttl), "ttl-not-255");
  assert.equal(read(KEEPALIVED.v3Ip4.replace("3104c8", "3104c9")), "bad-checksum");
});

test("what is no advert is nothing", () => {
  for (const hex of [KEEPALIVED.gratuitousArp, LINUX.echoRequest, "", "00"]) {
    assert.equal(read(hex), undefined);
  }
});
