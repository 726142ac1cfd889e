/** What `tcpdump -vv` makes of our adverts: the right fields, and nothing to find fault with. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { startRouter, WIRE_FORMATS } from "../support/router.ts";

const DECODE = ["tcpdump", "-i", "eth0", "-Z", "root", "-l", "-n", "-vv", "--immediate-mode"];
const FIELDS: { readonly [format in keyof typeof WIRE_FORMATS]: string } = {
  "version 2":
    "10.0.0.1 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 100, authtype none, intvl 1s, length 20, addrs: 10.0.0.100",
  "version 2 with PASS":
    '10.0.0.1 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20, addrs: 10.0.0.100 auth "s3cret"',
  "version 3 over IPv4":
    "10.0.0.1 > 224.0.0.18: VRRPv3, Advertisement, vrid 51, prio 100, intvl 10cs, length 12, addrs: 10.0.0.100",
  "version 3 over IPv6":
    "fe80::1 > ff02::12: VRRPv3, Advertisement, vrid 51, prio 100, intvl 10cs, length 24, addrs: fd00::100",
};

describe("tcpdump reads our adverts", { concurrency: 4, skip: labMissing("tcpdump") }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    test(`${format}: every field, and the hop limit that proves the LAN`, async () => {
      await using lan = await Lan.open("a", "b");
      const { lines } = lan.hosts.b.spawn(...DECODE, "vrrp or ip6 proto 112");
      await lines.next(/^tcpdump: listening/);
      startRouter("vipkit", lan.hosts.a, { ...router, priority: 100 });
      const [advert] = await lines.next(/\S+ > \S+ VRRP.*$/);
      assert.equal(advert, FIELDS[format as keyof typeof WIRE_FORMATS]);
      assert.match(lines.all.join(" "), /(ttl|hlim) 255,/); // over IPv4 on a line of its own
      await lines.next(/VRRP/); // the next one is sent by a timer
      assert.deepEqual(
        lines.all.filter((line) => /bad|wrong|invalid|incorrect|\[\|/.test(line)),
        [],
      );
    });
  }
});
