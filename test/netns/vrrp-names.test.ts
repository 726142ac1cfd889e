/** One interface has one name for `vrrp run`, and what comes back under it may be no Ethernet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();
const ROUTER = { ...FAST_ROUTERS.IPv4, priority: 100 };

test("another name of the interface is refused, so that it cannot pass the lock", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a } = lan.hosts;
  await a.run("ip", "link", "property", "add", "dev", "eth0", "altname", "longaltname0");
  const line = commandLine(ROUTER).map((word) => (word === "eth0" ? "longaltname0" : word));
  const program = a.spawn(process.execPath, VIPKIT, "vrrp", "run", ...line);
  await program.lines.next(/longaltname0 is another name of eth0: use that/);
  assert.equal((await program.ended).code, 2);
});

test("an interface that comes back as one without MAC addresses is a fault, not the end", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a } = lan.hosts;
  const router = startRouter("vipkit", a, ROUTER);
  await router.becomes("MASTER");
  await a.run("ip", "link", "delete", "eth0");
  await router.becomes("FAULT");
  await a.run("ip", "tuntap", "add", "dev", "eth0", "mode", "tun");
  await a.run("ip", "link", "set", "eth0", "up");
  await a.run("ip", "address", "add", "10.0.0.1/24", "dev", "eth0");
  await router.program.lines.next(/is no Ethernet interface now/);
  assert.equal(router.program.running, true);
});
