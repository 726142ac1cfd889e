/** Others that have the address of a MASTER: told, defended against, and never in a storm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import { claimFrame } from "../support/foreign.ts";
import { insideMissing, openInside } from "../support/inside.ts";
import { neighbourOf } from "../support/neighbour.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump", "fping");

const statusOf = async (host: Host) =>
  JSON.parse(await host.run(process.execPath, VIPKIT, "vrrp", "status", host.name, "-j"));

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  const vip = addressOf(router);

  test(`${family}: a host that takes the address and says so is answered, and told until it lets go`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "thief", "client");
    const { a, thief, client } = lan.hosts;
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    await client.run("fping", "-t", "2000", vip);
    const witness = await Witness.open(client, "arp or icmp6");

    await thief.run("ip", "address", "add", router.vip, "dev", "eth0", "nodad");
    await thief.run(process.execPath, VIPKIT, "garp", "send", vip, "-I", "eth0", "-c", "1");
    const stolen = await witness.nextAnnouncement(thief, vip);
    const answer = await witness.nextAnnouncement(a, vip);
    assert.ok(answer.atMs - stolen.atMs < 1000, `${answer.atMs - stolen.atMs} ms`);
    await master.program.lines.next(
      new RegExp(`conflict begun {2}.* vip=${vip} theirs=${thief.mac} ours=${a.mac}`),
    );
    assert.equal(await neighbourOf(client, vip), a.mac);
    const { conflicts } = await statusOf(a);
    assert.deepEqual(
      conflicts.map((conflict: Record<string, unknown>) => [conflict.kind, conflict.mac]),
      [["address-conflict", thief.mac]],
    );

    await thief.run("ip", "address", "del", router.vip, "dev", "eth0");
    await master.program.lines.next(new RegExp(`conflict ended {2}.* vip=${vip} `));
    assert.equal((await statusOf(a)).state, "master", "a claim decides no election");
  });

  test(`${family}: a host that had the address before there was a MASTER is found without a word of its`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "squatter", "client");
    const { a, squatter } = lan.hosts;
    await squatter.run("ip", "address", "add", router.vip, "dev", "eth0", "nodad");
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    await master.program.lines.next(
      new RegExp(`conflict begun {2}.* vip=${vip} theirs=${squatter.mac} ours=${a.mac}`),
    );
  });
}

test("two masters, for one host's firewall drops the adverts: both say so, and clients stay with the better", {
  skip: skip || labMissing("nft"),
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  const vip = addressOf(router);
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  await b.run("nft", "add table ip f; add chain ip f in { type filter hook input priority 0; }");
  await b.run("nft", "add rule ip f in ip protocol 112 drop");
  const better = startRouter("vipkit", a, { ...router, priority: 200 });
  await better.becomes("MASTER");
  const deaf = startRouter("vipkit", b, {
    ...router,
    priority: 100,
    more: ["--garp-delay", "0s"], // what it says after its takeover is over then
  });
  await deaf.becomes("MASTER");
  const rival = (other: Host, self: Host): RegExp =>
    new RegExp(`kind=second-master source=${other.ipv4} theirs=${other.mac} ours=${self.mac}`);
  await better.program.lines.next(rival(b, a));
  await deaf.program.lines.next(rival(a, b));
  const witness = await Witness.open(client, "arp");
  await client.run("fping", "-t", "2000", vip); // both answer for it
  witness.lines.skipToNow();
  await witness.nextAnnouncement(a, vip); // perhaps a late line of what came before
  await witness.nextAnnouncement(a, vip);
  assert.equal(await neighbourOf(client, vip), a.mac);
  const byDeaf = witness.frames.filter(
    ({ sourceMac, text }) => sourceMac === b.mac && text.includes(`who-has ${vip} tell ${vip}`),
  );
  assert.deepEqual(byDeaf, [], "the deaf one hears by its packet socket who is the better");

  await b.run("nft", "delete", "table", "ip", "f");
  await deaf.becomes("BACKUP");
  await better.program.lines.next(/conflict ended {2}kind=second-master/);
});

test("a thousand false claims a second are answered a few times, and nothing else waits for them", {
  skip: skip || insideMissing(),
}, async (t) => {
  const router = FAST_ROUTERS.IPv4;
  const vip = addressOf(router);
  await using lan = await Lan.open("a", "b", "liar");
  const { a, b, liar } = lan.hosts;
  const inside = await openInside(liar);
  const { master, backup } = await startPair([a, b], router);
  const witness = await Witness.open(liar, `arp and ether src ${a.mac}`);
  const socket = inside.run(() => openPacketSocket(inside));
  t.after(() => socket.close());
  const frame = claimFrame(vip, liar.mac);
  const startMs = Date.now();
  let sent = 0;
  while (Date.now() - startMs < 5000) {
    for (; sent < Date.now() - startMs; sent++) socket.send(frame);
    await new Promise(setImmediate);
  }
  await master.program.lines.next(/conflict begun/);
  const frames = witness.frames.filter(({ text }) => text.includes(vip));
  assert.ok(sent > 1000 && frames.length <= 15, `${sent} claims, ${frames.length} answers`);
  assert.deepEqual(
    backup.program.lines.all.filter((line) => line.includes("-> MASTER")),
    [],
    "no advert was late",
  );
});
