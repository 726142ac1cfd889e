/** What a router does with addresses that the kernel does not give it, and with an MTU that is too small. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

test("who cannot have an address leaves the master in place, until the kernel gives it", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  // The kernel wants one scope for all addresses of a prefix, and 10.0.0.1 has another.
  const router = { ...FAST_ROUTERS.IPv4, vip: "10.0.0.100/24 scope link" };
  await b.run("ip", "address", "delete", `${b.ipv4}/24`, "dev", "eth0");
  await b.run("ip", "address", "add", `${b.ipv4}/24`, "scope", "link", "dev", "eth0");
  const master = startRouter("vipkit", b, { ...router, priority: 100 });
  await master.becomes("MASTER");
  const witness = await Witness.open(client, "vrrp");
  const stronger = startRouter("vipkit", a, { ...router, priority: 200 });
  assert.match(await stronger.becomes("FAULT"), /BACKUP -> .*cause=addresses-refused .*\(EINVAL\)/);
  await witness.nextAdvert(b, 100);
  assert.ok(!witness.frames.some(({ sourceMac }) => sourceMac === a.mac), "a has spoken");

  await a.run("ip", "address", "delete", `${a.ipv4}/24`, "dev", "eth0");
  await a.run("ip", "address", "add", `${a.ipv4}/24`, "scope", "link", "dev", "eth0");
  await stronger.becomes("MASTER");
  await master.becomes("BACKUP");
  assert.ok(await a.holds("10.0.0.100"));
});

test("an MTU that does not hold the advert of a master is a fault as long as it lasts", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const moreVips = Array.from({ length: 99 }, (_, n) => `10.0.1.${n + 1}/32`);
  const router = { ...FAST_ROUTERS.IPv4, moreVips };
  const { master, backup } = await startPair([a, b], router);
  await a.run("ip", "link", "set", "eth0", "mtu", "427");
  assert.match(await master.becomes("FAULT"), /faults=mtu-too-small/);
  await backup.becomes("MASTER");
  assert.ok(await b.holds("10.0.1.99"));
  await a.run("ip", "link", "set", "eth0", "mtu", "428");
  await master.becomes("MASTER");
  await backup.becomes("BACKUP");
  assert.ok((await a.holds("10.0.1.99")) && !(await b.holds("10.0.1.99")));
});
