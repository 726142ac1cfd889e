/** After a takeover the gateway is asked from the virtual address, and what it believes is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbourOf } from "../support/neighbour.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");
const WRONG_MAC = "02:00:00:00:00:99";

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  const vip = addressOf(router);
  const addressIn = (host: Host): string => (family === "IPv4" ? host.ipv4 : host.linkLocal);

  test(`${family}: a gateway that believes a dead host is set right, and its answer told`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "gateway", "witness");
    const { a, gateway, witness: third } = lan.hosts;
    const address = addressIn(gateway);
    await a.run("ip", "route", "add", "default", "via", address, "dev", "eth0");
    const believed = ["lladdr", WRONG_MAC, "dev", "eth0", "nud", "reachable"];
    await gateway.run("ip", "neighbour", "replace", vip, ...believed);
    const witness = await Witness.open(third, "not tcp");
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.program.lines.next(
      new RegExp(`gateway ${address} answers at our MAC after \\d sends?, `),
    );
    assert.equal(await neighbourOf(gateway, vip), a.mac);
    await witness.nextAdvert(a, 200);
    const asked = family === "IPv4" ? `who-has ${address} tell ${vip}` : `${vip} > .* who has`;
    await witness.next(new RegExp(`${a.mac} > .*${asked}`)); // behind the advert
    const status = JSON.parse(
      await a.run(process.execPath, VIPKIT, "vrrp", "status", a.name, "-j"),
    );
    assert.deepEqual(
      status.verify.map((one: Record<string, unknown>) => [one.host, one.role, one.ok]),
      [[address, "gateway", true]],
    );
  });

  test(`${family}: a host whose entry nothing can change is told as astray, with what was tried`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "stubborn");
    const { a, stubborn } = lan.hosts;
    const address = family === "IPv4" ? stubborn.ipv4 : stubborn.ipv6;
    const believed = ["lladdr", WRONG_MAC, "dev", "eth0", "nud", "permanent"];
    await stubborn.run("ip", "neighbour", "replace", vip, ...believed);
    const more = ["--verify", address];
    const master = startRouter("vipkit", a, { ...router, priority: 200, more });
    await master.program.lines.next(
      new RegExp(
        `host ${address} answers this host and not ${vip}: .*tried other-form, unicast, rarp`,
      ),
    );
  });
}

test("a host that learns from no announcement learns from being asked", {
  skip: skip || labMissing("nft"),
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  const vip = addressOf(router);
  await using lan = await Lan.open("a", "deaf");
  const { a, deaf } = lan.hosts;
  // Gratuitous ARP has one address as its sender and its target.
  await deaf.run(
    "nft",
    "add table arp f; add chain arp f in { type filter hook input priority 0; }",
  );
  await deaf.run("nft", `add rule arp f in arp daddr ip ${vip} drop`);
  const believed = ["lladdr", WRONG_MAC, "dev", "eth0", "nud", "reachable"];
  await deaf.run("ip", "neighbour", "replace", vip, ...believed);
  const more = ["--verify", deaf.ipv4];
  const master = startRouter("vipkit", a, { ...router, priority: 200, more });
  await master.program.lines.next(/host 10\.0\.0\.2 answers at our MAC after 1 send/);
  assert.equal(await neighbourOf(deaf, vip), a.mac);
});

test("a host whose firewall drops echo requests raises no false alarm, one that is not there is told", {
  skip: skip || labMissing("nft"),
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  await using lan = await Lan.open("a", "walled");
  const { a, walled } = lan.hosts;
  await walled.run(
    "nft",
    "add table ip f; add chain ip f in { type filter hook input priority 0; }",
  );
  await walled.run("nft", "add rule ip f in icmp type echo-request drop");
  const more = ["--verify", walled.ipv4, "--verify", "10.0.0.77"];
  const master = startRouter("vipkit", a, { ...router, priority: 200, more });
  await master.program.lines.next(
    /host 10\.0\.0\.2 is reached and reaches us, but answers no echo/,
  );
  await master.program.lines.next(
    /host 10\.0\.0\.77 does not answer 10\.0\.0\.100 \(4 sends in 2\./,
  );
});

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  test(`${family}: with a virtual MAC address that one is asked from and has to be answered`, {
    skip,
  }, async () => {
    const vip = addressOf(router);
    await using lan = await Lan.open("a", "host", "thief");
    const { a, host, thief } = lan.hosts;
    const address = family === "IPv4" ? host.ipv4 : host.ipv6;
    const virtualMac = `00:00:5e:00:0${family === "IPv4" ? 1 : 2}:33`;
    const more = ["--vmac", "--verify", address];
    const master = startRouter("vipkit", a, { ...router, priority: 200, more });
    await master.program.lines.next(new RegExp(`host ${address} answers at our MAC after 1 send`));
    assert.equal(await neighbourOf(host, vip), virtualMac);

    await thief.run("ip", "address", "add", router.vip, "dev", "eth0", "nodad");
    await thief.run(process.execPath, VIPKIT, "garp", "send", vip, "-I", "eth0", "-c", "1");
    await master.program.lines.next(
      new RegExp(`conflict begun {2}.* vip=${vip} theirs=${thief.mac} ours=${virtualMac}`),
    );
    assert.equal(await neighbourOf(host, vip), virtualMac);
  });
}
