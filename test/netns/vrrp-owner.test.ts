/** The router that owns the address, as the kernels of both sides let it be heard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

const skip = labMissing();

test("an owner with a second address gets its address back from a peer that holds it", {
  skip,
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  await a.run("ip", "address", "flush", "dev", "eth0", "scope", "global");
  await a.run("ip", "address", "add", router.vip, "dev", "eth0"); // the first in the kernel's order
  await a.run("ip", "address", "add", `${a.ipv4}/24`, "dev", "eth0");
  const peer = startRouter("vipkit", b, { ...router, priority: 100 });
  await peer.becomes("MASTER");
  const owner = startRouter("vipkit", a, { ...router, priority: 255 });
  await owner.becomes("MASTER");
  await peer.becomes("BACKUP");
  assert.equal(await b.holds(addressOf(router)), false);
});
