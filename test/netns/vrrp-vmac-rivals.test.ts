/**
 * Macvlans with the virtual MAC address that are up beside a router: a private one takes from its host
 * what a master with the same address sends.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { virtualMacOf } from "../support/neighbour.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, type RouterOptions, startRouter } from "../support/router.ts";

const IP4 = FAST_ROUTERS.IPv4;
const MAC = virtualMacOf(IP4);

const start = (host: Host, changes: Partial<RouterOptions> = {}) =>
  startRouter("vipkit", host, { ...IP4, priority: 100, vmac: "adverts too", ...changes });

describe("a macvlan that has the virtual MAC address", {
  concurrency: 4,
  skip: labMissing(),
}, () => {
  for (const more of [[], ["--vmac", "other"]]) {
    test(`a run after SIGKILL with ${more.join(" ") || "no --vmac"} hears another one that has it`, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      const killed = start(a);
      await killed.becomes("MASTER");
      await killed.kill();
      const master = start(b, { priority: 150 });
      await master.becomes("MASTER");
      const backup = startRouter("vipkit", a, { ...IP4, priority: 100, more });
      await backup.program.lines.next(/vrrp\.51 .* left by a run that died: removed/);
      await backup.becomes("BACKUP");
      await master.stop();
      assert.match(await backup.becomes("MASTER"), /cause=peer-resigned/);
    });
  }

  test("somebody else's interface that has it keeps a run from its start", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const macvlan = ["type", "macvlan", "mode", "private"];
    await a.run("ip", "link", "add", "theirs", "link", "eth0", "address", MAC, ...macvlan);
    await start(a).stop(); // it is down: nothing is taken from us
    await a.run("ip", "link", "set", "theirs", "up");
    const reason =
      /VRID 51 on eth0 is in use on this host: theirs has 00:00:5e:00:01:33 and is up; .*ip link delete theirs/;
    for (const more of [[], ["--vmac"], ["--dry-run"], ["--force"]]) {
      const refused = startRouter("vipkit", a, { ...IP4, priority: 100, more });
      await refused.program.lines.next(reason);
      assert.equal((await refused.program.ended).code, 2);
    }
    await a.run("ip", "link", "delete", "theirs");
    await startRouter("vipkit", a, { ...IP4, priority: 100 }).becomes("MASTER");
  });

  test("somebody else's interface that has it and comes up later is a fault until it is down", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const master = start(b, { priority: 150 });
    await master.becomes("MASTER");
    for (const more of [[], ["--vmac"]]) {
      const backup = startRouter("vipkit", a, { ...IP4, priority: 100, more });
      await backup.becomes("BACKUP");
      const wish = ["address", MAC, "up", "type", "macvlan", "mode", "private"];
      await a.run("ip", "link", "add", "theirs", "link", "eth0", ...wish);
      await backup.program.lines.next(
        /in use on this host: theirs has 00:00:5e:00:01:33 and is up/,
      );
      assert.match(await backup.becomes("FAULT"), /faults=virtual-mac-taken/);
      await a.run("ip", "link", "set", "theirs", "down");
      await backup.becomes("BACKUP");
      await a.run("ip", "link", "delete", "theirs");
      await backup.stop();
    }
  });

  test("one that was killed and is set down, as a unit of systemd can do it, leaves its host hearing", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const killed = start(a);
    await killed.becomes("MASTER");
    await killed.kill();
    await a.run("ip", "link", "set", "vrrp.51", "down");
    await a.run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_accept=1");
    const learned = a.spawn("ip", "monitor", "neigh");
    const master = start(b, { priority: 150, more: ["--garp-refresh", "1s"] });
    await master.becomes("MASTER");
    await learned.lines.next(/10\.0\.0\.100 dev eth0 lladdr 00:00:5e:00:01:33/);
  });
});
