/** A process of `ha up` that dies or hangs is replaced before a client or a peer notices. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { describe, test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, type RouterOptions } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

describe("a process of ha up that dies or hangs", { skip }, () => {
  for (const [family, fast] of Object.entries(FAST_ROUTERS)) {
    const router = { ...fast, intervalMs: 1000 };

    for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
      test(
        `${family}: the process of the routers is replaced after ${signal}, and goes on as MASTER`,
        {
          skip,
        },
        async () => await isReplaced(router, signal),
      );
    }

    test(
      `${family}: so it is with a VMAC, which stays up`,
      { skip },
      async () => await isReplaced({ ...router, vmac: "adverts too" }, "SIGSTOP"),
    );
  }

  test("so it is where the processors are busy", async () => {
    const others = [spawnBusy(), spawnBusy()];
    try {
      await isReplaced({ ...FAST_ROUTERS.IPv6, intervalMs: 1000 }, "SIGSTOP");
    } finally {
      for (const other of others) other.kill("SIGKILL");
    }
  });

  test("its parent ends after its children, and a dead parent leaves none of them", async () => {
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
});

/** At the worst moment: when the lease is as old as it gets. */
async function isReplaced(
  router: Omit<RouterOptions, "priority">,
  signal: "SIGKILL" | "SIGSTOP",
): Promise<void> {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const master = new HaUp(a, { ...router, priority: 200 });
  await master.becomes("MASTER");
  const backup = new HaUp(b, { ...router, priority: 100 });
  await backup.becomes("BACKUP");
  const witness = await Witness.open(client, "vrrp or proto 112");
  const probe = await Probe.open(client, addressOf(router));

  await witness.next(ADVERT);
  await probe.asks(85);
  process.kill(master.pidOf("vrrp"), signal);
  assert.match(await master.becomes("MASTER"), /cause=resumed/);
  await probe.asks(100);
  await probe.close();
  const { asked, answered } = probe.account();
  const lost = `${asked - answered} of ${asked} questions without an answer`;
  assert.ok(asked - answered <= 1, lost);
  const changes = backup.program.lines.all.filter((line) => line.includes("-> MASTER"));
  assert.deepEqual(changes, [], "the peer has not changed");
  await witness.next(ADVERT);
}

const ADVERT = / prio 200,/; // of the master, with its own MAC address or the virtual one

/** For no longer than a test may last. */
const spawnBusy = (): ChildProcess =>
  spawn(process.execPath, ["-e", "const end = Date.now() + 30_000; while (Date.now() < end);"]);
