/** A backup that did not run for ten seconds goes on and takes over nothing: vipkit, and keepalived. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { processTree } from "../support/process-tree.ts";
import { FAST_ROUTERS, type Router, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 1000 };

describe("a master that lives stays master beside a backup frozen for 10 s", {
  concurrency: 2,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const program of ["vipkit", "keepalived"] as const) {
    test(`the backup is ${program}`, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const master = startRouter("vipkit", a, { ...ROUTER, priority: 200 });
      await master.becomes("MASTER");
      const backup = startRouter(program, b, { ...ROUTER, priority: 100 });
      await backup.becomes("BACKUP");
      const witness = await Witness.open(client, "proto 112");
      const adverts = async (count: number): Promise<void> => {
        for (let n = 0; n < count; n += 1) await witness.nextAdvert(a, 200);
      };
      await adverts(2);

      signalAll(backup, "SIGSTOP");
      await adverts(11);
      signalAll(backup, "SIGCONT");
      await adverts(5);
      const senders = new Set(witness.frames.map(({ sourceMac }) => sourceMac));
      assert.deepEqual([...senders], [a.mac]);
      await master.stop(); // it listens still
      await backup.becomes("MASTER");
    });
  }
});

function signalAll({ program }: Router, signal: NodeJS.Signals): void {
  for (const pid of processTree(program.pid)) process.kill(pid, signal);
}
