/** The laboratory itself: what the other tests of this folder and of `test/peer` stand on. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { Program } from "../support/program.ts";

const skip = labMissing();

test("a cut cable takes the carrier of the host and brings it back", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const monitor = a.spawn("ip", "-o", "monitor", "link");
  await a.run("true");
  await lan.cut(a);
  await monitor.lines.next(/eth0.*NO-CARRIER/);
  await lan.mend(a);
  await monitor.lines.next(/eth0.*LOWER_UP/);
});

test("a silenced host keeps its carrier and is heard by nobody", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const probe = await Probe.open(b, a.ipv4);
  await lan.silence(a);
  assert.match(await a.run("ip", "link", "show", "eth0"), /LOWER_UP/);
  const silentMs = performance.timeOrigin + performance.now();
  await probe.asks(20);
  assert.equal(probe.account(silentMs).answered, 0);
  await lan.unsilence(a);
  await probe.answer();
});

test("nothing of a LAN outlives a test process that was killed", {
  skip,
  timeout: 10_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-lan-"));
  const fifo = join(folder, "open-while-it-lives");
  spawnSync("mkfifo", [fifo]);
  const survivor = new Program("reader", ["cat", fifo]);
  const victim = new Program("victim", [
    process.execPath,
    "--input-type=module",
    "-e",
    VICTIM,
    fifo,
  ]);
  await survivor.lines.next(/^alive$/);
  victim.signal("SIGKILL");
  await survivor.ended; // the fifo has no writer left
  rmSync(folder, { recursive: true });
});

const VICTIM = `
  import { Lan } from "${new URL("../support/netns.js", import.meta.url).href}";
  const lan = await Lan.open("a");
  lan.hosts.a.spawn("sh", "-c", 'exec >"$0"; echo alive; exec sleep 1000', process.argv.at(-1));
  setInterval(() => {}, 1000);`;
