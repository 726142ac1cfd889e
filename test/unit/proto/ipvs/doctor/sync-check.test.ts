import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsDaemon } from "../../../../../src/core/netlink/ipvs-daemon.ts";
import { syncFindings } from "../../../../../src/proto/ipvs/doctor/sync-check.ts";
import { fixes, linkFact, told } from "../../../../support/doctor.ts";
import { ipvsFacts } from "../../../../support/ipvs-facts.ts";

const daemon = (ifName: string): IpvsDaemon => ({
  ...{ role: "master", ifName, syncId: 7, maxBytes: 1460, group: null, port: 8848, ttl: 1 },
});

const tell = (daemons: readonly IpvsDaemon[], settings = {}, up = true) =>
  syncFindings(ipvsFacts([], { daemons, settings, links: [linkFact({ running: up })] }));

test("without a daemon there is nothing to tell; one that works is told", () => {
  assert.deepEqual(tell([]), []);
  const settings = { "net/ipv4/vs/sync_threshold": "3\t50" };
  assert.deepEqual(told(tell([daemon("eth0")], settings)), [
    "ok: master on eth0 (id 7); a connection is told after 3 packets",
  ]);
});

test("an interface that is down or gone, and the old messages", () => {
  const down = tell([daemon("eth0")], {}, false);
  assert.deepEqual(told(down), ["fail: the master uses eth0, which is down or has no carrier"]);
  assert.deepEqual(fixes(down), ["ip link set dev eth0 up"]);
  assert.deepEqual(told(tell([daemon("eth9")])), [
    "fail: the master uses eth9, which is not there",
  ]);
  const old = tell([daemon("eth0")], { "net/ipv4/vs/sync_version": "0" });
  assert.match(told(old)[0] ?? "", /^warn: sync_version is 0/);
});
