/** A master that is killed or freezes loses its address by the kernel's hand before its successor has it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../src/core/addr.ts";
import { Holders } from "../support/holders.ts";
import { insideMissing, openInside } from "../support/inside.ts";
import { Lan } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startPair } from "../support/router.ts";

const skip = insideMissing();

for (const [family, fast] of Object.entries(FAST_ROUTERS)) {
  const router = { ...fast, intervalMs: 1000 };
  const vip = addressOf(router);

  test(`${family}: no two hosts answer for the address after the master was killed`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    using holders = new Holders(await openInside(client), client, parseIp(vip) ?? assert.fail());
    const stronger = { ...router, priority: 253, nopreempt: true };
    const { master, backup } = await startPair([a, b], router, stronger);
    await holders.alone(a);

    await master.kill();
    await backup.becomes("MASTER");
    await holders.alone(b);
    assert.ok(holders.longestDisputeMs <= 200, `${holders.longestDisputeMs} ms`);
    assert.equal(await a.holds(vip), false);
  });

  test(`${family}: nor while the master is frozen, nor when it wakes and finds another one`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    using holders = new Holders(await openInside(client), client, parseIp(vip) ?? assert.fail());
    const { master, backup } = await startPair([a, b], router);
    await holders.alone(a);

    master.program.signal("SIGSTOP");
    await backup.becomes("MASTER");
    await holders.alone(b);
    master.program.signal("SIGCONT");
    assert.match(await master.becomes("BACKUP"), /cause=overslept/);
    assert.match(await master.becomes("MASTER"), /cause=preempt/);
    await backup.becomes("BACKUP");
    await holders.alone(a);
    assert.ok(holders.longestDisputeMs <= 200, `${holders.longestDisputeMs} ms`);
  });
}
