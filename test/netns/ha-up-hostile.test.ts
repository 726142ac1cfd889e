/** `ha up` where the host is short of something, or something stands in its way: nothing is lost, no state is wrong. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { keepalivedConf } from "../support/keepalived.ts";
import { manyRouters } from "../support/many-routers.ts";
import { Lan, labMissing } from "../support/netns.ts";
import type { Program } from "../support/program.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const NODE = process.execPath;
const router = { ...FAST_ROUTERS.IPv4, priority: 200 };

describe("ha up on a host that is short of something", { skip: labMissing() }, () => {
  test("a full disk keeps maintenance from being remembered, and nothing else from going on", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const folder = mkdtempSync(join(tmpdir(), "vipkit-hostile-"));
    const file = join(folder, "keepalived.conf");
    writeFileSync(file, keepalivedConf(router));
    // Its mounts are its own: the disk is there for it alone.
    const full = `mkdir state; mount -t tmpfs -o size=64k none state; head -c 1M /dev/zero >state/much || true`;
    const words = ["ha", "up", "-f", file, "--state-dir", join(folder, "state")];
    const ha = a.spawn(
      "sh",
      "-euc",
      `cd ${folder}; ${full}; exec "$@"`,
      "sh",
      NODE,
      VIPKIT,
      ...words,
    );
    await ha.lines.next(/BACKUP -> MASTER/);
    const maintenance = a.spawn(NODE, VIPKIT, "ha", "maintenance", "on");
    await maintenance.lines.next(/will not outlive this ha up: .*ENOSPC/);
    await maintenance.ended;
    assert.equal(await a.holds(addressOf(router)), true);
    await ha.stop();
    assert.deepEqual(transitions(ha), ["INIT -> BACKUP", "BACKUP -> MASTER", "MASTER -> INIT"]);
    rmSync(folder, { recursive: true });
  });

  test("without files to open it ends and says so, or does without; it is no MASTER without an address", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const { conf } = manyRouters({ count: 30, intervalMs: 100 });
    const folder = mkdtempSync(join(tmpdir(), "vipkit-hostile-"));
    const file = join(folder, "keepalived.conf");
    writeFileSync(file, conf);
    for (const files of [24, 40, 80]) {
      const few = `ulimit -n ${files}; exec "$0" "$@"`;
      const words = [NODE, VIPKIT, "ha", "up", "-f", file, "--state-dir", "/run"];
      const ha = a.spawn("sh", "-c", few, ...words);
      assert.equal((await ha.ended).code, 2);
      assert.match(ha.lines.all.join("\n"), /too many open files|EMFILE/);
      assert.equal(await a.holds("10.0.1.1"), false);
    }
    rmSync(folder, { recursive: true });
  });
});

describe("ha up with something in its way", { skip: labMissing() }, () => {
  test("the socket of one that was killed is no hindrance", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const first = new HaUp(a, router);
    await first.becomes("MASTER");
    await first.kill();
    await a.run("test", "-S", "/run/vipkit/ha@a.sock");
    const second = new HaUp(a, router);
    await second.becomes("MASTER");
    const status = await a.run(NODE, VIPKIT, "ha", "status", "--name", "a");
    assert.match(status, /MASTER/);
  });

  test("a second one on the same file is refused whatever its name, and goes once the first has ended", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const first = new HaUp(a, router);
    await first.becomes("MASTER");
    const file = join(first.folder, "keepalived.conf");
    const up = (name: string): Program =>
      a.spawn(NODE, VIPKIT, "ha", "up", "-f", file, "--name", name);
    const second = up("second");
    assert.equal((await second.ended).code, 2);
    assert.match(second.lines.all.join("\n"), /another one, of another --name, goes by/);
    assert.equal(await a.holds(addressOf(router)), true);
    const conf = readFileSync(file, "utf8");
    await first.stop();
    await a.run("mkdir", "-p", first.folder);
    writeFileSync(file, conf);
    const third = up("third");
    await third.lines.next(/-> MASTER/);
    await third.stop();
    await a.run("rm", "-r", first.folder);
  });

  test("a FIFO that nobody reads delays nothing", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const conf = `global_defs {\nvrrp_notify_fifo /run/nobody\n}\n${keepalivedConf(router)}`;
    const ha = new HaUp(a, conf);
    await ha.becomes("MASTER");
    for (let round = 0; round < 3; round++) {
      await lan.cut(a);
      await ha.becomes("FAULT");
      await lan.mend(a);
      await ha.becomes("MASTER");
    }
    await ha.stop();
  });

  test("told to end while it starts, it ends, and leaves no process and no address", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    for (const afterMs of [0, 100, 200, 300, 400, 500, 700, 900]) {
      const ha = new HaUp(a, router);
      const timer = setTimeout(() => ha.program.signal("SIGTERM"), afterMs);
      await ha.program.ended; // its output is closed by the last of its processes
      clearTimeout(timer);
      assert.equal(await a.holds(addressOf(router)), false, `after ${afterMs} ms`);
      assert.doesNotMatch(ha.program.lines.all.join("\n"), /Error|started again/);
    }
  });
});

/** `INIT -> BACKUP` and so on. */
const transitions = ({ lines }: Program): string[] =>
  lines.all.flatMap((line) => /[A-Z]+ -> [A-Z]+/.exec(line)?.[0] ?? []);
