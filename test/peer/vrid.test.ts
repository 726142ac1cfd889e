/** `vrrp id` finds the VRIDs that keepalived uses, and none of the other family. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

describe("VRIDs in use", { skip: labMissing("keepalived") }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    test(`${format}: the VRID of keepalived is in use for its family alone`, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      await master.becomes("MASTER");
      const vip = addressOf(router);
      const line = ["vrrp", "id", "-I", "eth0", "--for", "2500ms", "-j"];
      const answer = JSON.parse(await b.run(process.execPath, VIPKIT, ...line));
      const isIpv6 = vip.includes(":");
      const [ours, other] = isIpv6 ? answer.families.toReversed() : answer.families;
      assert.equal(ours.used.length, 1);
      assert.equal(ours.used[0].vrid, 51);
      const owner = {
        protocol: "vrrp",
        address: isIpv6 ? a.linkLocal : a.ipv4,
        mac: a.mac,
        version: router.version,
        priority: 150,
        vips: [vip],
        here: false,
      };
      assert.deepEqual(ours.used[0].owners, [owner]);
      assert.deepEqual(ours.free, [
        { from: 1, to: 50 },
        { from: 52, to: 255 },
      ]);
      assert.deepEqual([other.used, other.free], [[], [{ from: 1, to: 255 }]]);
    });
  }
});
