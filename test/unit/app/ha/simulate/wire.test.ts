import assert from "node:assert/strict";
import { test } from "node:test";
import { EventQueue } from "../../../../../src/app/ha/simulate/event-queue.ts";
import { type Station, Wire } from "../../../../../src/app/ha/simulate/wire.ts";
import { randomFrom } from "../../../../../src/core/seeded-random.ts";
import type { VrrpFact } from "../../../../../src/proto/vrrp/facts.ts";
import { cluster, type InstanceWish } from "../../../../support/simulated.ts";
import { peersOf } from "../../../../support/vrrp.ts";

/** Stations a, b, c, ... on one wire, and what each of them hears. */
function wired(...wishes: readonly InstanceWish[]) {
  const queue = new EventQueue();
  const wire = new Wire(queue, randomFrom(1));
  const heard: string[] = [];
  const nodes = cluster(...wishes.map((wish) => ({ instances: [wish] }))).nodes;
  const stations = nodes.map(({ name, instances: [instance] }) => ({
    instance: instance ?? assert.fail(),
    host: { segment: 0 },
    isLinkUp: true,
    feed(fact: VrrpFact) {
      const what = fact.kind === "advert-rejected" ? fact.reason : fact.kind;
      heard.push(`${name} ${what}${"priority" in fact ? ` ${fact.priority}` : ""}`);
    },
  }));
  for (const station of stations) wire.add(station);
  const send = (from: Station, priority = 150): string[] => {
    wire.send(from, priority, "pseudo-header");
    return delivered();
  };
  const delivered = (): string[] => {
    queue.runUntil(queue.nowMs + 10);
    return heard.splice(0);
  };
  const [a, b, c] = stations;
  assert.ok(a !== undefined && b !== undefined);
  return { wire, queue, a, b, c, send, delivered };
}

test("an advert reaches all others of its number, with the priority that it has then", () => {
  const { a, b, send } = wired({}, {}, {}, { config: { vrid: 99 } });
  assert.deepEqual(send(a, 150), ["b advert-received 150", "c advert-received 150"]);
  assert.deepEqual(send(a, 0), ["b advert-received 0", "c advert-received 0"]);
  assert.deepEqual(send(b, 7), ["a advert-received 7", "c advert-received 7"]);
});

test("a link that is down neither sends nor hears, and segments do not hear each other", () => {
  const { a, b, c, send } = wired({}, {}, {});
  b.isLinkUp = false;
  assert.deepEqual(send(a), ["c advert-received 150"]);
  assert.deepEqual(send(b), []);
  assert.ok(c !== undefined);
  c.host.segment = 1;
  assert.deepEqual(send(a), []);
});

test("what is under way when the receiver's link goes does not arrive", () => {
  const { wire, a, b, delivered } = wired({}, {});
  wire.send(a, 150, "pseudo-header");
  b.isLinkUp = false;
  assert.deepEqual(delivered(), []);
});

test("each receiver judges by its own settings", () => {
  const v2 = { version: 2 } as const;
  const { a, send } = wired(
    { config: v2, authPass: "one" },
    { config: v2, authPass: "one" },
    { config: v2, authPass: "two" },
    { config: { ...v2, adverIntervalMs: 2000 }, authPass: "one" },
  );
  assert.deepEqual(send(a), ["b advert-received 150", "c wrong-password", "d wrong-interval"]);
});

test("unicast goes to the named peers alone, whom it names not is a stranger", () => {
  const { a, b, send } = wired(
    { reach: peersOf("10.0.0.2", "10.0.0.3") },
    { reach: peersOf("10.0.0.1") },
    { reach: peersOf("10.0.0.2") },
  );
  assert.deepEqual(send(a), ["b advert-received 150", "c not-a-peer"]);
  assert.deepEqual(send(b), ["a advert-received 150"]);
});

test("the share that is lost is near what is asked for", () => {
  const { wire, a, send } = wired({}, {});
  wire.lossPct = 30;
  const arrived = Array.from({ length: 1000 }, () => send(a).length).filter((n) => n > 0).length;
  assert.ok(arrived > 650 && arrived < 750, `${arrived}`);
  wire.lossPct = 100;
  assert.deepEqual(send(a), []);
});
