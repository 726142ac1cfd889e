/**
 * A backup whose loop is late, because others have the processors, the memory or the disk, takes over
 * nothing from a master that speaks: by what a third host saw.
 */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { masterDownMs } from "../../src/proto/vrrp/times.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startPair } from "../support/router.ts";
import { type Frame, Witness } from "../support/witness.ts";

const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 20 };
const ADVERTS = 150;
const SECONDS = "10"; // at the most: the test ends it
const PRESSURE = fileURLToPath(new URL("../support/pressure.js", import.meta.url));

for (const [kind, workers] of Object.entries({ cpu: 4, memory: 2, disk: 2 })) {
  test(`a backup under ${kind} pressure lets a living master be`, {
    skip: labMissing("tcpdump"),
  }, async (t) => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { backup } = await startPair([a, b], ROUTER);
    const witness = await Witness.open(client, "proto 112");
    await witness.nextAdvert(a, 200);

    demote(backup.program.pid);
    for (let n = 0; n < workers; n += 1) {
      const worker = b.spawn(process.execPath, PRESSURE, kind, SECONDS);
      await worker.lines.next(/^working/);
    }
    for (let n = 0; n < ADVERTS; n += 1) await witness.nextAdvert(a, 200);

    const stalls = backup.program.lines.all.filter((line) => line.includes(": stall "));
    t.diagnostic(`${stalls.length} lines of stalls, the last: ${stalls.at(-1) ?? "none"}`);
    const unexplained = takeovers(witness.frames, b.mac).filter(
      ({ silentMs }) =>
        silentMs < masterDownMs({ version: 3, priority: 100, downAdverts: 3 }, ROUTER.intervalMs),
    );
    assert.deepEqual(unexplained, []);
  });
}

/** From now on this process is the last to get a processor, also where sessions share them (sched(7)). */
function demote(pid: number): void {
  setPriority(pid, 19);
  const autogroup = `/proc/${pid}/autogroup`;
  if (existsSync(autogroup)) writeFileSync(autogroup, "19");
}

/** Each first word of this sender behind somebody else's, and how long after it. */
function takeovers(frames: readonly Frame[], mac: string): { silentMs: number }[] {
  return frames.flatMap((frame, n) => {
    const before = frames[n - 1];
    if (frame.sourceMac !== mac || before === undefined || before.sourceMac === mac) return [];
    return [{ silentMs: frame.atMs - before.atMs }];
  });
}
