/** The master goes without a word: cut off, unheard or killed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  const vip = addressOf(router);

  test(`${family}: the backup takes over when the master's cable is cut`, { skip }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const witness = await Witness.open(client, "not tcp");
    const { master, backup } = await startPair([a, b], router);
    const probe = await Probe.open(client, vip);

    await lan.cut(a);
    await master.becomes("FAULT");
    assert.equal(await a.holds(vip), false);
    await backup.becomes("MASTER");
    await witness.nextAnnouncement(b, vip);
    await probe.answer();
  });

  test(`${family}: of two masters that could not hear each other the weaker yields`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { backup } = await startPair([a, b], router);
    await lan.silence(a);
    await backup.becomes("MASTER");

    const witness = await Witness.open(client, "not tcp");
    await lan.unsilence(a);
    await backup.becomes("BACKUP");
    await witness.nextAdvert(a, 200);
    const probe = await Probe.open(client, vip);
    await probe.asks(20);
    await probe.close();
    assert.equal(await b.holds(vip), false);
  });

  test(`${family}: what a killed master left behind is cleared when it starts again`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const { master, backup } = await startPair([a, b], router);
    await master.kill();
    await backup.becomes("MASTER");

    const returned = startRouter("vipkit", a, { ...router, priority: 50 });
    await returned.becomes("BACKUP");
    assert.equal(await a.holds(vip), false);
  });
}

test("of three nodes the stronger of the two backups takes over", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  // 0.2 s between the two backups: at a shorter interval a busy machine decides, not the priority.
  const slow = { ...FAST_ROUTERS.IPv4, intervalMs: 500 };
  const strongest = startRouter("vipkit", c, { ...slow, priority: 200 });
  await strongest.becomes("MASTER");
  const weakest = startRouter("vipkit", a, { ...slow, priority: 50 });
  await weakest.becomes("BACKUP");
  const middle = startRouter("vipkit", b, { ...slow, priority: 150 });
  await middle.becomes("BACKUP");
  const witness = await Witness.open(a, "vrrp");
  await witness.nextAdvert(c, 200); // both backups count from the same advert

  await lan.cut(c);
  await middle.becomes("MASTER");
  await witness.nextAdvert(b, 150);
  await middle.stop();
  await weakest.becomes("MASTER");
  await lan.mend(c);
  await strongest.becomes("MASTER");
  await weakest.becomes("BACKUP");
  const weakestSpoke = witness.frames.findIndex((frame) => frame.text.includes("prio 50,"));
  const middleResigned = witness.frames.findIndex((frame) => frame.text.includes("prio 0,"));
  assert.ok(weakestSpoke > middleResigned, "the weakest spoke before the middle one resigned");
});
