/** A process of `ha up` that dies or hangs is replaced before a client or a peer notices. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

for (const [family, fast] of Object.entries(FAST_ROUTERS)) {
  const router = { ...fast, intervalMs: 1000 };

  for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
    test(`${family}: the process of the routers is replaced after ${signal}, and goes on as MASTER`, {
      skip,
    }, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const master = new HaUp(a, { ...router, priority: 200 });
      await master.becomes("MASTER");
      const backup = new HaUp(b, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      const witness = await Witness.open(client, "vrrp or proto 112");
      const probe = await Probe.open(client, addressOf(router));

      process.kill(master.pidOf("vrrp"), signal);
      assert.match(await master.becomes("MASTER"), /cause=resumed/);
      await probe.asks(100);
      await probe.close();
      const { asked, answered } = probe.account();
      assert.ok(
        asked - answered <= 1,
        `${asked - answered} of ${asked} questions without an answer`,
      );
      assert.deepEqual(
        backup.program.lines.all.filter((line) => line.includes("-> MASTER")),
        [],
        "the peer has not changed",
      );
      await witness.nextAdvert(a, 200);
    });
  }
}

test("its parent ends after its children, and a dead parent leaves none of them", {
  skip,
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const master = new HaUp(a, { ...router, priority: 200 });
  await master.becomes("MASTER");
  const backup = new HaUp(b, { ...router, priority: 100 });
  await backup.becomes("BACKUP");
  process.kill(master.program.pid, "SIGKILL");
  await master.program.ended; // its output is closed by the last of its processes
  assert.match(await backup.becomes("MASTER"), /cause=peer-resigned/);
  assert.equal(await a.holds(addressOf(router)), false);
});
