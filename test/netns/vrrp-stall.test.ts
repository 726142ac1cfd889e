/** A process that did not run for a while reads what it missed before it acts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startPair } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  test(`${family}: a backup that is stopped for 30 adverts and goes on says so and takes over nothing`, {
    skip: labMissing("tcpdump"),
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { backup } = await startPair([a, b], router);
    const witness = await Witness.open(client, "proto 112");
    const adverts = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await witness.nextAdvert(a, 200);
    };
    await adverts(2);

    backup.program.signal("SIGSTOP");
    await adverts(30);
    backup.program.signal("SIGCONT");
    await backup.program.lines.next(/: stall \d+\.?\d*s/);
    await adverts(10);

    const senders = new Set(witness.frames.map(({ sourceMac }) => sourceMac));
    assert.deepEqual([...senders], [a.mac]);
    assert.ok(!backup.program.lines.all.some((line) => line.includes("-> MASTER")));
  });
}
