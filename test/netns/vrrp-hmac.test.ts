/** Signed adverts between real routers: who has no key is not believed, keys change without a word. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KEY_LINES, KeyFile } from "../support/key-file.ts";
import { Lan, labMissing } from "../support/netns.ts";
import {
  addressOf,
  FAST_ROUTERS,
  PLAIN_FORMATS,
  startPair,
  startRouter,
} from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");
const { old, fresh, strange } = KEY_LINES;

for (const [format, router] of Object.entries(PLAIN_FORMATS)) {
  test(`${format}: routers that share a key elect one master and hand over`, { skip }, async () => {
    using keys = new KeyFile(old);
    const signed = { ...router, more: ["--key-file", keys.path] };
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const witness = await Witness.open(client, "not tcp");
    const { master: high, backup: low } = await startPair([a, b], signed);
    const advert = await witness.nextAdvert(a, 200);
    assert.match(advert.text, new RegExp(`length ${SIGNED_BYTES[format]}`));
    await high.stop();
    await low.becomes("MASTER");
    const states = low.program.lines.all.filter((line) => line.includes("->"));
    assert.match(states.at(-1) ?? "", /cause=(peer-resigned|advert-timeout)/);
    assert.equal(await a.holds(addressOf(router)), false);
  });
}

test("to enforce is not to believe a router without a key, nor one with another", {
  skip,
}, async () => {
  using keys = new KeyFile(old);
  using others = new KeyFile(strange);
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  const router = FAST_ROUTERS.IPv4;
  const more = ["--key-file", keys.path, "-v"];
  const ours = startRouter("vipkit", a, { ...router, priority: 100, more });
  await ours.becomes("MASTER");
  startRouter("vipkit", b, { ...router, priority: 200 });
  await ours.program.lines.next(/reason=hmac-missing source=10\.0\.0\.2/);
  const stranger = ["--key-file", others.path];
  startRouter("vipkit", c, { ...router, priority: 250, more: stranger });
  await ours.program.lines.next(/reason=hmac-mismatch source=10\.0\.0\.3/);
  assert.equal(await a.holds(addressOf(router)), true);
});

test("a new key comes in and signs without a change of state", { skip }, async () => {
  using before = new KeyFile(old);
  using both = new KeyFile(`# the new one first\n${fresh}\n${old}\n`);
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  const router = FAST_ROUTERS.IPv4;
  const keyed = (path: string, id: number) => ["--key-file", path, "--key-id", `${id}`, "-v"];
  const follower = startRouter("vipkit", b, {
    ...router,
    priority: 100,
    more: keyed(both.path, 1),
  });
  await follower.becomes("MASTER");
  const master = startRouter("vipkit", a, { ...router, priority: 200, more: keyed(both.path, 2) });
  await master.becomes("MASTER");
  await follower.becomes("BACKUP");
  const late = startRouter("vipkit", c, { ...router, priority: 50, more: keyed(before.path, 1) });
  await late.program.lines.next(/reason=hmac-unknown-key source=10\.0\.0\.1/);
  const rejections = (router: typeof master) =>
    router.program.lines.all.filter((line) => line.includes("rejected"));
  assert.deepEqual(rejections(follower), []);
  assert.equal(await a.holds(addressOf(router)), true);
});

test("keys rotate in three steps of SIGHUP while no advert is rejected and nobody takes over", {
  skip,
}, async () => {
  using keys = new KeyFile(old);
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const router = { ...FAST_ROUTERS.IPv4, more: ["--key-file", keys.path, "-v"] };
  const low = startRouter("vipkit", b, { ...router, priority: 100 });
  await low.becomes("MASTER");
  const high = startRouter("vipkit", a, { ...router, priority: 200 });
  await high.becomes("MASTER");
  await low.becomes("BACKUP");
  const witness = await Witness.open(client, "vrrp");
  const states = () => [high, low].map(({ program }) => program.lines.all.filter(isOfInterest));
  const before = states();

  for (const [text, signing] of [
    [`${old}\n${fresh}`, 1],
    [`${fresh}\n${old}`, 2],
    [fresh, 2],
  ] as const) {
    keys.write(text);
    for (const { program } of [low, high]) {
      program.signal("SIGHUP");
      await program.lines.next(new RegExp(`has read its keys anew: key ${signing} signs`));
      for (let n = 0; n < 5; n++) await witness.nextAdvert(a, 200);
    }
  }
  keys.write("2:short");
  high.program.signal("SIGHUP");
  await high.program.lines.next(/goes on with its old keys: .*:1: the secret has 5 bytes/);
  for (let n = 0; n < 10; n++) await witness.nextAdvert(a, 200);

  assert.deepEqual(states(), before);
  assert.equal(
    witness.frames.length,
    witness.frames.filter(({ text }) => /prio 200,/.test(text)).length,
  );
});

test("signed adverts by unicast to named peers elect one master and hand over", {
  skip,
}, async () => {
  using keys = new KeyFile(old);
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const router = { ...FAST_ROUTERS.IPv4, more: ["--key-file", keys.path, "-v"] };
  const witness = await Witness.open(client, "vrrp");
  const [toB, toA] = [
    { source: a.ipv4, peers: [b.ipv4] },
    { source: b.ipv4, peers: [a.ipv4] },
  ];
  const { master: high, backup: low } = await startPair(
    [a, b],
    { ...router, unicast: toB },
    { ...router, unicast: toA },
  );
  const watcher = await Witness.open(b, "vrrp");
  const { text } = await watcher.nextAdvert(a, 200);
  assert.match(text, new RegExp(`10\\.0\\.0\\.1 > 10\\.0\\.0\\.2: .*length ${SIGNED_BYTES.IPv4}`));
  await high.stop();
  await low.becomes("MASTER");
  assert.deepEqual(
    [high, low].flatMap(({ program }) =>
      program.lines.all.filter((line) => line.includes("rejected")),
    ),
    [],
  );
  assert.deepEqual(witness.frames, [], "nothing goes to the group");
});

/** Transitions and rejections. */
const isOfInterest = (line: string): boolean => / -> |rejected/.test(line);

/** What tcpdump calls the length of an advert with its trailer. */
const SIGNED_BYTES: Readonly<Record<string, number>> = { IPv4: 40, IPv6: 52, "version 2": 48 };
