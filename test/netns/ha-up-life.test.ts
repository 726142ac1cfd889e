/** How `ha up` begins and ends: what it is refused, what it waits for, how it is told to end. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { keepalivedConf } from "../support/keepalived.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";

const router = { ...FAST_ROUTERS.IPv4, priority: 200 };

describe("the life of ha up", { concurrency: 3, skip: labMissing() }, () => {
  test("a second one on the same host is refused, and the first goes on", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const first = new HaUp(a, router);
    await first.becomes("MASTER");
    const second = new HaUp(a, router, ["--name", "second"]);
    assert.equal((await second.program.ended).code, 2);
    assert.match(second.program.lines.all.join("\n"), /another process runs this virtual router/);
    assert.equal(await a.holds(addressOf(router)), true);
    await first.stop();
    assert.equal(await a.holds(addressOf(router)), false);
  });

  test("an interface that is missing at boot is waited for", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run("ip", "link", "set", "eth0", "down");
    await a.run("ip", "link", "set", "eth0", "name", "late0");
    const late = new HaUp(a, router);
    await late.becomes("FAULT");
    await a.run("ip", "link", "set", "late0", "name", "eth0");
    await a.run("ip", "link", "set", "eth0", "up");
    await late.becomes("MASTER");
    assert.equal(await a.holds(addressOf(router)), true);
  });

  test("a file with errors that keepalived lives with is run, one with which it does not start is not", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const script = 'vrrp_script up {\nscript "/bin/true"\nweight 5\n}\n';
    const more = "debug 1\npriorty 7\ntrack_script {\nup\n}\n}\n";
    const conf = script + keepalivedConf(router).replace(/\}\n$/, more);
    const borne = new HaUp(a, conf);
    await borne.program.lines.next(/conf: 2 errors, which vipkit ha check tells/);
    await borne.program.lines.next(/no command acts on them yet: debug$/);
    await borne.becomes("MASTER");
    await borne.stop();
    const refused = new HaUp(a, `includea /nowhere\n${conf}`);
    assert.equal((await refused.program.ended).code, 1);
    assert.match(refused.program.lines.all.join("\n"), /error\[vk\d+\]/);
  });

  test("told twice to end it waits for nothing, and leaves nothing behind", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const pidFile = join(tmpdir(), `vipkit-${process.pid}-twice.pid`);
    const slow = new HaUp(a, { ...router, intervalMs: 10_000 }, ["--pid-file", pidFile]);
    await slow.program.lines.next(/INIT -> BACKUP/);
    process.kill(slow.program.pid, "SIGTERM");
    process.kill(slow.program.pid, "SIGINT");
    await slow.program.ended;
    assert.equal(existsSync(pidFile), false);
    const master = new HaUp(a, router, ["--pid-file", pidFile]);
    await master.becomes("MASTER");
    process.kill(master.program.pid, "SIGTERM");
    process.kill(master.program.pid, "SIGINT");
    await master.program.ended;
    assert.equal(await a.holds(addressOf(router)), false);
    assert.equal(existsSync(pidFile), false);
  });

  test("a signal to all of its processes ends it as one to the first of them", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const pidFile = join(tmpdir(), `vipkit-${process.pid}.pid`);
    const all = new HaUp(a, router, ["--pid-file", pidFile]);
    await all.becomes("MASTER");
    assert.equal(readFileSync(pidFile, "utf8"), `${all.program.pid}\n`);
    for (const role of ["vrrp", "checkers"] as const) process.kill(all.pidOf(role), "SIGTERM");
    process.kill(all.program.pid, "SIGTERM");
    await all.program.lines.next(/-> INIT/);
    assert.equal((await all.program.ended).code, 0);
    assert.equal(existsSync(pidFile), false);
    assert.doesNotMatch(all.program.lines.all.join("\n"), /started again/);
  });
});
