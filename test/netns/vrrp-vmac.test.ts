/** `vrrp run --vmac` on the real kernel: who is seen with the virtual MAC address, and what is left behind. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askForGroups } from "../support/group-query.ts";
import { insideMissing } from "../support/inside.ts";
import { neighbourOf, virtualMacOf } from "../support/neighbour.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import {
  addressOf,
  FAST_ROUTERS,
  type RouterOptions,
  startRouter,
  type VirtualRouter,
} from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const IP4 = FAST_ROUTERS.IPv4;
const BELOW = ["arp_ignore", "arp_filter", "arp_announce"].map(
  (name) => `net.ipv4.conf.eth0.${name}`,
);

const start = (host: Host, router: VirtualRouter, changes: Partial<RouterOptions> = {}) =>
  startRouter("vipkit", host, { ...router, priority: 100, vmac: "adverts too", ...changes });
const settingsOf = async (host: Host, names: readonly string[]): Promise<string> =>
  (await host.run("sysctl", "-n", ...names)).replaceAll("\n", "");
const linksOf = async (host: Host): Promise<string> => await host.run("ip", "-o", "-d", "link");

const skip = labMissing("tcpdump") || insideMissing();
describe("the virtual MAC address", { concurrency: 4, skip }, () => {
  for (const family of ["IPv4", "IPv6"] as const) {
    const router = FAST_ROUTERS[family];
    test(`${family}: clients keep it while the address moves, under a strict filter too`, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const [vip, mac] = [addressOf(router), virtualMacOf(router)];
      for (const host of [a, b]) await host.run("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1");
      const witness = await Witness.open(client, `ether src ${mac}`);
      const low = start(a, router);
      await low.becomes("MASTER");
      await witness.next(/VRRPv3, Advertisement, vrid 51, prio 100/);
      const probe = await Probe.open(client, vip);
      assert.equal(await neighbourOf(client, vip), mac);

      const high = start(b, router, { priority: 200 });
      await high.becomes("MASTER");
      await low.becomes("BACKUP"); // it hears the other one, although both have one MAC address
      await witness.next(/VRRPv3, Advertisement, vrid 51, prio 200/);
      await probe.answer();
      // Asks for the client anew: with an address of its own, or the client would learn its MAC address.
      await b.run("ip", "neighbour", "flush", "dev", "eth0");
      await probe.asks(20);
      assert.equal(await neighbourOf(client, vip), mac);

      await high.kill();
      await low.becomes("MASTER");
      await probe.answer();
      assert.equal(await neighbourOf(client, vip), mac);
    });

    test(`${family}: nothing that has it leaves a BACKUP, not even when it is asked for groups`, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const mac = virtualMacOf(router);
      const leaving = `outbound and ether src ${mac}`;
      const [fromA, fromB] = [await Witness.open(a, leaving), await Witness.open(b, leaving)];
      const master = start(a, router);
      await master.becomes("MASTER");
      const backup = start(b, router, { priority: 50 });
      await backup.becomes("BACKUP");
      await askForGroups(client, b, family);
      const probe = await Probe.open(client, addressOf(router));
      await probe.asks(50);
      assert.deepEqual(fromB.frames, []);

      const stronger = startRouter("vipkit", client, {
        ...router,
        priority: 200,
        vmac: "adverts too",
      });
      await stronger.becomes("MASTER");
      await master.becomes("BACKUP");
      await probe.asks(10); // what has left is seen by now
      const before = fromA.frames.length;
      await askForGroups(b, a, family);
      await probe.asks(50);
      assert.equal(fromA.frames.length, before);
      assert.deepEqual(fromB.frames, []);
    });
  }

  test("--vmac-xmit-base leaves adverts their own MAC address, and announces with the virtual one", async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const witness = await Witness.open(client, "ip proto 112 or arp");
    const router = start(a, IP4, { vmac: "adverts below" });
    await router.becomes("MASTER");
    await witness.nextAdvert(a, 100);
    await witness.next(/00:00:5e:00:01:33 > .*who-has 10\.0\.0\.100 .*tell 10\.0\.0\.100/);
  });
});

describe("what --vmac changes on the host", { concurrency: 4, skip: labMissing() }, () => {
  test("of two routers on an interface the last one puts its settings back", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const one = start(a, IP4);
    await one.becomes("MASTER");
    const other = start(a, { ...IP4, vrid: 52, vip: "10.0.0.101/24" });
    await other.becomes("MASTER");
    const ip6 = start(a, FAST_ROUTERS.IPv6);
    await ip6.becomes("MASTER");
    assert.equal(await settingsOf(a, BELOW), "112");
    await one.stop();
    assert.equal(await settingsOf(a, BELOW), "112");
    await other.stop();
    assert.equal(await settingsOf(a, BELOW), "000");
    await ip6.stop();
    assert.doesNotMatch(await linksOf(a), /macvlan/);
  });

  test("a run after SIGKILL replaces what was left, and leaves nothing", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const killed = start(a, IP4);
    await killed.becomes("MASTER");
    await killed.kill();
    assert.match(await linksOf(a), /vrrp\.51@eth0: <[^>]*UP.*macvlan mode private.*alias vipkit/);
    const next = start(a, IP4);
    await next.program.lines.next(
      /vrrp\.51 with 00:00:5e:00:01:33 was there already, left by a run/,
    );
    await next.becomes("MASTER");
    assert.equal(await a.holds("10.0.0.100"), true);
    await next.kill();
    const plain = startRouter("vipkit", a, { ...IP4, priority: 100 });
    await plain.program.lines.next(/vrrp\.51 .* left by a run that died: removed/);
    await plain.becomes("MASTER");
    assert.doesNotMatch(await linksOf(a), /macvlan/);
    assert.equal(await settingsOf(a, BELOW), "000");
  });

  test("a dry run tells of it and makes nothing", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const words = ["-I", "eth0", "--vrid", "51", "--vip", "10.0.0.100/24", "--vmac", "--dry-run"];
    const plan = await a.run(process.execPath, VIPKIT, "vrrp", "run", ...words);
    assert.match(plan, /^make +macvlan vrrp\.51 on eth0 with 00:00:5e:00:01:33/m);
    assert.doesNotMatch(await linksOf(a), /macvlan/);
    assert.equal(await settingsOf(a, BELOW), "000");
  });

  test("an interface of that name, or the address on the interface below, is in the way", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run("ip", "link", "add", "vrrp.51", "type", "bridge");
    const refused = start(a, IP4);
    const { input: taken } = await refused.program.lines.next(/vrrp\.51/);
    assert.match(
      taken,
      /link add vrrp\.51: is there already and not ours: choose another name with --vmac NAME/,
    );
    assert.equal((await refused.program.ended).code, 2);
    await a.run("ip", "link", "delete", "vrrp.51");
    await a.run("ip", "address", "add", "10.0.0.100/32", "dev", "eth0");
    const owner = start(a, IP4, { priority: 255 });
    await owner.program.lines.next(
      /eth0: has 10\.0\.0\.100 and would answer for it in the place of/,
    );
    assert.equal((await owner.program.ended).code, 2);
  });
});

describe("what lives on a VMAC", { concurrency: 4, skip: labMissing("fping") }, () => {
  test("addresses of both families, told by status, and with --no-accept found but not reached", async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const router = { ...FAST_ROUTERS.IPv6, vip: "fe80::100/64" };
    const more = ["--vip", "fd00::100/64", "--excluded-vip", "10.0.0.99/24", "--no-accept"];
    await start(a, router, { more }).becomes("MASTER");
    const status = await a.run(process.execPath, VIPKIT, "vrrp", "status", "a");
    assert.match(
      status,
      /3\/3 present: .*fd00::100\/64 dev vrrp6\.51, 10\.0\.0\.99\/24 dev vrrp6\.51/,
    );
    for (const vip of ["fd00::100", "10.0.0.99"]) {
      await assert.rejects(client.run("fping", "-c1", "-t500", vip), /100% loss/);
      assert.equal(await neighbourOf(client, vip), virtualMacOf(router));
    }
  });

  test("the host prefers its own way to the prefix of an address there, and its own source", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run("ip", "route", "delete", "10.0.0.0/24", "dev", "eth0");
    await a.run("ip", "route", "add", "10.0.0.0/24", "dev", "eth0", "metric", "100");
    const router = start(a, IP4);
    await router.becomes("MASTER");
    assert.match(await a.run("ip", "route", "get", "10.0.0.9"), /dev eth0 src 10\.0\.0\.1 /);
  });
});

describe("a VMAC that goes", { concurrency: 4, skip: labMissing() }, () => {
  test("deleted or set down by somebody it is back at once", async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const router = start(a, IP4, { priority: 255 });
    await router.becomes("MASTER");
    const probe = await Probe.open(client, "10.0.0.100");
    await a.run("ip", "link", "delete", "vrrp.51");
    await router.program.lines.next(/vrrp\.51 was taken away: made anew/);
    await probe.answer();
    await a.run("ip", "link", "set", "vrrp.51", "down");
    await probe.answer();
    await router.stop();
    assert.equal(await settingsOf(a, BELOW), "000");
  });

  test("renamed by somebody it is there again under its own name, and nothing is left at the end", async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const router = start(a, IP4, { priority: 255 });
    await router.becomes("MASTER");
    const probe = await Probe.open(client, "10.0.0.100");
    // Older kernels rename only what is down, which this one is for an instant at most.
    const rename = "link set vrrp.51 down\nlink set vrrp.51 name mine\n";
    await a.run("sh", "-euc", `printf '${rename}' | ip -b -`);
    await router.program.lines.next(/vrrp\.51 was renamed to mine: made anew/);
    await probe.answer();
    assert.doesNotMatch(await linksOf(a), /mine/);
    await router.stop();
    assert.doesNotMatch(await linksOf(a), /macvlan/);
    assert.equal(await settingsOf(a, BELOW), "000");
    assert.doesNotMatch(router.program.lines.all.join("\n"), /FAULT/);
    await probe.close();
  });

  test("it comes again with the interface that it stands on", async () => {
    await using lan = await Lan.open("a", "client");
    const { a, client } = lan.hosts;
    const router = start(a, IP4);
    await router.becomes("MASTER");
    await a.run("ip", "link", "delete", "eth0");
    await router.becomes("FAULT");
    await lan.replug(a);
    await router.becomes("MASTER");
    const probe = await Probe.open(client, "10.0.0.100");
    assert.equal(await neighbourOf(client, "10.0.0.100"), virtualMacOf(IP4));
    await lan.cut(a);
    await router.becomes("FAULT");
    await lan.mend(a);
    await router.becomes("MASTER");
    await probe.answer();
  });
});
