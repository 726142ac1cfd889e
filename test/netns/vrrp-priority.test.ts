/** The priority of a running router is changed, and the election follows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, type RouterProgram, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const router = FAST_ROUTERS.IPv4;

async function setPriority(host: Host, change: string): Promise<string> {
  return await host.run(process.execPath, VIPKIT, "vrrp", "priority", host.name, change);
}

for (const peer of ["vipkit", "keepalived"] satisfies RouterProgram[]) {
  test(`beside ${peer}, a master that is lowered is taken over from, and raised it takes back`, {
    skip: labMissing("tcpdump", ...(peer === "keepalived" ? [peer] : [])),
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const ours = startRouter("vipkit", a, { ...router, priority: 200 });
    await ours.becomes("MASTER");
    const theirs = startRouter(peer, b, { ...router, priority: 100 });
    await theirs.becomes("BACKUP");
    const witness = await Witness.open(client, "vrrp");

    assert.match(await setPriority(a, "-150"), /priority 200 -> 50 .*MASTER, configured 200/);
    await witness.nextAdvert(a, 50);
    await theirs.becomes("MASTER");
    assert.match(await ours.becomes("BACKUP"), /cause=higher-priority source=10\.0\.0\.2/);

    await setPriority(a, "+150");
    assert.match(await ours.becomes("MASTER"), /cause=preempt source=10\.0\.0\.2 priority=100/);
    await witness.nextAdvert(a, 200);
    await theirs.becomes("BACKUP");
  });
}
