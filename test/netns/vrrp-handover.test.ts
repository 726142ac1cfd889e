/** The master leaves politely and comes back, with and without preemption. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import {
  addressOf,
  FAST_ROUTERS,
  type RouterOptions,
  startPair,
  startRouter,
} from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  const vip = addressOf(router);

  test(`${family}: clients notice nothing when the master is stopped politely`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { master } = await startPair([a, b], router);
    const witness = await Witness.open(client, "not tcp");
    const probe = await Probe.open(client, vip);

    await master.stop();
    await witness.nextAdvert(a, 0);
    await witness.nextAdvert(b, 100);
    await probe.asks(20);
    await probe.close();
    const { asked, answered } = probe.account();
    assert.ok(asked - answered <= 1, `${asked - answered} of ${asked} questions without an answer`);
    assert.equal(await a.holds(vip), false);
  });

  test(`${family}: a last router that is stopped ends at once and takes its address along`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    await master.stop();
    assert.deepEqual(await master.program.ended, { code: 0, signal: null });
    assert.equal(await a.holds(vip), false);
  });
}

test("a stronger router that comes back takes the address back", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { stronger, weaker } = await rejoin(lan, {});
  await stronger.becomes("MASTER");
  await weaker.becomes("BACKUP");
});

test("with --nopreempt a stronger router that comes back stays a backup", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { weaker, witness } = await rejoin(lan, { nopreempt: true });
  for (let i = 0; i < 10; i++) await witness.nextAdvert(weaker.host, 100);
  assert.equal(witness.frames.filter(({ text }) => text.includes("prio 200,")).length, 0);
});

test("with --preempt-delay a stronger router waits before it takes over", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "client");
  const { stronger, weaker, witness } = await rejoin(lan, { preemptDelayMs: 1000 });
  await stronger.becomes("MASTER");
  await weaker.becomes("BACKUP");
  const left = witness.frames.filter(({ text }) => text.includes("prio 100,")).length;
  assert.ok(left >= 8, `the weaker one was left in office for ${left} adverts of 100 ms`);
});

/** A weaker router is master, and a stronger one with these options enters BACKUP beside it. */
async function rejoin(lan: Lan<"a" | "b" | "client">, options: Partial<RouterOptions>) {
  const { a, b, client } = lan.hosts;
  const weaker = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 100 });
  await weaker.becomes("MASTER");
  const witness = await Witness.open(client, "vrrp");
  const stronger = startRouter("vipkit", b, { ...FAST_ROUTERS.IPv4, priority: 200, ...options });
  await stronger.becomes("BACKUP");
  return { weaker, stronger, witness };
}
