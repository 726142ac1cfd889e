/** The VRRP datagram of a frame, over both families, and nothing where there is none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp, formatMac } from "../../../../src/core/addr.ts";
import { vrrpInFrame } from "../../../../src/proto/vrrp/frame-datagram.ts";
import { fromHex } from "../../../support/packets.ts";
import { KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

test("it is found with its hop limit, and who sent the frame", () => {
  for (const [hex, source] of [
    [KEEPALIVED.v2Pass, "10.0.0.1"],
    [KEEPALIVED.v3Ip6, "fe80::ff:fe00:1"],
  ] as const) {
    const carried = vrrpInFrame(fromHex(hex)) ?? assert.fail(source);
    assert.equal(formatMac(carried.mac), "02:00:00:00:00:01");
    assert.deepEqual([formatIp(carried.heard.source), carried.heard.ttl], [source, 255]);
  }
});

test("what is none is nothing", () => {
  for (const hex of [KEEPALIVED.gratuitousArp, LINUX.echoRequest, "", "00"]) {
    assert.equal(vrrpInFrame(fromHex(hex)), undefined);
  }
});
