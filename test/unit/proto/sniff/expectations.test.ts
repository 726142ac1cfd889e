import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ExpectationKeeper,
  type Expectations,
  routerName,
} from "../../../../src/proto/sniff/expectations.ts";
import { ip } from "../../../support/packets.ts";
import { A, advertPacket, B, C, Onlooker, type Said, START_MS } from "../../../support/sniffed.ts";

const NOTHING: Expectations = {
  singleMaster: false,
  master: undefined,
  vip: undefined,
  maxGapMs: undefined,
  none: false,
};

/** What is violated at `untilMs`, after these adverts were heard. */
function judge(
  wanted: Partial<Expectations>,
  adverts: readonly Said[],
  untilMs = (adverts.at(-1)?.atMs ?? 0) + 10,
): string[] {
  const keeper = new ExpectationKeeper({ ...NOTHING, ...wanted });
  const onlooker = new Onlooker({ onChange: (change) => keeper.note(change) });
  for (const said of adverts) onlooker.see(advertPacket(said));
  onlooker.tick(untilMs);
  return keeper
    .violations([...onlooker.observer.routers], START_MS + untilMs)
    .map(({ expectation, evidence }) => `${expectation}: ${evidence}`);
}

/** Adverts of one each second. */
const each = (source: string, fromMs: number, count: number, more: Said = {}): Said[] =>
  Array.from({ length: count }, (_, n) => ({ source, atMs: fromMs + n * 1000, ...more }));
const together = (...parts: readonly Said[][]): Said[] =>
  parts.flat().sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));

const ONE = each(A, 0, 5);
const RESIGNED: Said = { atMs: 4500, priority: 0 };
const FAILOVER = [...ONE, RESIGNED, ...each(B, 5100, 3, { priority: 90 })];
const SPLIT = together(each(A, 0, 7), each(B, 500, 2, { priority: 90 }));
const ONGOING = together(each(A, 0, 3), each(B, 500, 3, { priority: 90 }));
const V6: Said = { source: "fe80::2", atMs: 0 };
const REJECTED = each(A, 0, 3, { ttl: 64 });
const NAME = "eth0 vrid 51 IPv4";

test("nothing is expected: nothing is violated", () => {
  assert.deepEqual(judge({}, []), []);
  assert.deepEqual(judge({}, ONGOING), []);
});

const SINGLE = { singleMaster: true };
const MASTER_A = { master: ip(A) };
const CASES: readonly [
  name: string,
  wanted: Partial<Expectations>,
  adverts: readonly Said[],
  ...violations: readonly string[],
][] = [
  ["one master", SINGLE, ONE],
  ["a failover", SINGLE, FAILOVER],
  ["a preemption", SINGLE, [...ONE, { source: B, priority: 200, atMs: 4200 }]],
  ["one of each family", SINGLE, [{}, V6]],
  [
    "a split brain that is over",
    SINGLE,
    SPLIT,
    `single-master: ${NAME}: ${B} was master beside ${A} for 1s`,
  ],
  [
    "one that goes on",
    SINGLE,
    ONGOING,
    `single-master: ${NAME}: ${A} (02:00:00:00:00:02, priority 100) and ${B} (02:00:00:00:00:03, priority 90) are all master, for 2.01s`,
  ],
  [
    "one that a third one ended",
    SINGLE,
    [...ONGOING, { source: C, priority: 200, atMs: 2600 }],
    `single-master: ${NAME}: ${B} was master beside ${C} for 2s`,
  ],
  ["nobody", SINGLE, [], "single-master: no advert was heard"],
  ["nobody any more", SINGLE, [...ONE, RESIGNED], `single-master: ${NAME}: has no master`],
  ["nobody that is believed", SINGLE, REJECTED, `single-master: ${NAME}: has no master`],

  ["the right one", MASTER_A, ONE],
  ["another one of the other family", MASTER_A, [...ONE, { ...V6, atMs: 4000 }]],
  ["another one", { master: ip(C) }, ONE, `master: ${NAME}: ${A} was master`],
  ["another one before", { master: ip(B) }, FAILOVER, `master: ${NAME}: ${A} was master`],
  ["another one later", MASTER_A, FAILOVER, `master: ${NAME}: ${B} was master`],
  ["another one as well", MASTER_A, ONGOING, `master: ${NAME}: ${B} was master`],
  [
    "another group",
    MASTER_A,
    [...ONE, { source: B, atMs: 4100, priority: 1, addresses: ["10.0.0.7"] }],
    `master: ${NAME}: ${B} was master`,
  ],
  ["it resigned", MASTER_A, [...ONE, RESIGNED], `master: ${NAME}: has no master`],
  ["the other family alone", MASTER_A, [V6], "master: no IPv4 advert was heard"],
  ["nobody of IPv6", { master: ip("fe80::2") }, ONE, "master: no IPv6 advert was heard"],

  ["a master has the address", { vip: ip("10.0.0.100") }, ONE],
  [
    "a second master has it",
    { vip: ip("10.0.0.7") },
    [...ONE, { source: B, atMs: 4100, priority: 1, addresses: ["10.0.0.7"] }],
  ],
  [
    "nobody has it",
    { vip: ip("10.0.0.101") },
    ONE,
    `vip: no master has 10.0.0.101; ${NAME}: 10.0.0.100`,
  ],
  [
    "who had it resigned",
    { vip: ip("10.0.0.100") },
    [...ONE, RESIGNED],
    `vip: no master has 10.0.0.100; ${NAME}: has no master`,
  ],
  ["no master at all", { vip: ip("10.0.0.100") }, [], "vip: no advert was heard"],

  ["as often as expected", { maxGapMs: 1000 }, ONE],
  [
    "a gap before now",
    { maxGapMs: 999 },
    ONE,
    `max-gap: ${NAME}: no advert for 1s from 2026-01-02T00:00:00.000000Z`,
  ],
  ["nothing at all", { maxGapMs: 1000 }, [], "max-gap: no advert was heard"],
  [
    "nothing that is believed",
    { maxGapMs: 60_000 },
    REJECTED,
    `max-gap: ${NAME}: no advert that is believed`,
  ],

  ["nobody is heard", { none: true }, []],
  [
    "somebody is",
    { none: true },
    ONE,
    `none: ${NAME}: heard from ${A} (02:00:00:00:00:02, priority 100)`,
  ],
  [
    "somebody that nobody believes",
    { none: true },
    REJECTED,
    `none: ${NAME}: 3 adverts that nobody believes`,
  ],
];

for (const [name, wanted, adverts, ...violations] of CASES) {
  const expectation = Object.keys(wanted).join();
  test(`${expectation}, ${violations.length === 0 ? "held" : "violated"}: ${name}`, () => {
    assert.deepEqual(judge(wanted, adverts), violations);
  });
}

test("a gap that lasts until the end counts as well", () => {
  assert.deepEqual(judge({ maxGapMs: 2000 }, ONE, 6000), []);
  assert.match(`${judge({ maxGapMs: 2000 }, ONE, 6001)}`, /no advert for 2\.001s from .*:04\.0/);
});

test("a master that was lost and comes again is told of, if it is the wrong one", () => {
  const again = [{ atMs: 0 }, { atMs: 9000 }];
  assert.deepEqual(judge(MASTER_A, again), []);
  assert.deepEqual(judge({ master: ip(B) }, again), [`master: ${NAME}: ${A} was master`]);
});

test("several expectations are each judged", () => {
  const violated = judge({ ...SINGLE, ...MASTER_A, none: true, maxGapMs: 1 }, ONGOING);
  assert.deepEqual(
    violated.map((line) => line.replace(/:.*/, "")),
    ["master", "single-master", "max-gap", "none"],
  );
});

test("at most 100 are remembered from before the end", () => {
  const flapping = Array.from({ length: 150 }, (_, n): Said[] => [
    { ifName: `if${n}`, atMs: n },
    { ifName: `if${n}`, atMs: n, priority: 0 },
  ]).flat();
  const violations = judge({ master: ip(B) }, flapping);
  assert.equal(violations.filter((line) => line.endsWith(`${A} was master`)).length, 100);
});

test("evidence names at most 8 of who was heard", () => {
  const many = Array.from({ length: 12 }, (_, n): Said => ({ source: `10.0.0.${n + 10}` }));
  assert.equal(`${judge({ none: true }, many)}`.match(/priority 100/g)?.length, 8);
});

test("a virtual router is named by interface, VRID and family", () => {
  assert.equal(routerName({ segment: "", vrid: 7, family: 6 }), "vrid 7 IPv6");
});
