import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reason } from "../../../../src/proto/sniff/reason.ts";
import { VirtualRouter } from "../../../../src/proto/sniff/virtual-router.ts";
import { A, B, C, type Said, START_MS, sniffed } from "../../../support/sniffed.ts";

class Watched {
  readonly router: VirtualRouter;

  constructor(segment = "eth0") {
    this.router = new VirtualRouter(sniffed({ ifName: segment }), null);
  }

  /** Codes of what is not right, and what happens: kind and values. */
  says(said: Said = {}, flaws: readonly Reason[] = []) {
    const { atMs = 0, direction = null } = said;
    const hearing = this.router.hear(sniffed(said), flaws, direction, START_MS + atMs);
    const happened = hearing.happenings.map((one) => {
      if (one.kind === "verdict") return `verdict ${one.reasons.map(({ code }) => code)}`.trimEnd();
      return "from" in one ? `${one.kind} ${one.from} -> ${one.to}` : one.kind;
    });
    const { speaker, reasons } = hearing;
    return { speaker, codes: reasons.map(({ code }) => code), reasons, happened };
  }
}

const BAD: Reason = { code: "ttl-not-255", level: "bad", text: "ttl 64, not 255" };
const NOTE: Reason = { code: "cut", level: "note", text: "captured in part" };

test("what nobody believes changes nothing but the count of it, and its sender's verdict once", () => {
  const one = new Watched();
  const first = one.says({}, [BAD]);
  assert.deepEqual(
    [first.speaker, first.codes, first.happened],
    [null, ["ttl-not-255"], ["verdict ttl-not-255"]],
  );
  assert.deepEqual(one.says({ atMs: 1000 }, [BAD]).happened, []);
  assert.deepEqual(
    [one.router.rejected, one.router.speakers.size, one.router.master],
    [2, 0, undefined],
  );
  assert.deepEqual(one.says({ atMs: 2000 }).happened, ["new-master", "verdict"]); // right again
});

const CHANGES: readonly [name: string, from: Said, to: Said, told: string][] = [
  ["MAC address", {}, { mac: "02:00:00:00:00:99" }, "mac 02:00:00:00:00:02 -> 02:00:00:00:00:99"],
  ["version", {}, { version: 2 }, "version 3 -> 2"],
  ["priority", {}, { priority: 70 }, "priority 100 -> 70"],
  ["interval", {}, { intervalMs: 250 }, "interval 1s -> 0.25s"],
  [
    "authentication",
    { version: 2 },
    { version: 2, auth: { type: "pass", password: Uint8Array.of(7) } },
    "auth none -> simple",
  ],
  [
    "addresses",
    {},
    { addresses: ["10.0.0.100", "10.0.0.101"] },
    "addresses 10.0.0.100 -> 10.0.0.100,10.0.0.101",
  ],
];

for (const [name, from, to, told] of CHANGES)
  test(`a change of ${name} is told once`, () => {
    const one = new Watched();
    one.says(from);
    assert.deepEqual(one.says({ ...to, atMs: 1000 }).happened, [told]);
    assert.deepEqual(one.says({ ...to, atMs: 2000 }).happened, []);
  });

test("the same addresses in another order are no change; resigning is none of priority", () => {
  const one = new Watched();
  one.says({ addresses: ["10.0.0.1", "10.0.0.2"] });
  assert.deepEqual(one.says({ addresses: ["10.0.0.2", "10.0.0.1"] }).happened, []);
  const resigning = { addresses: ["10.0.0.1", "10.0.0.2"], priority: 0 };
  const { happened, codes } = one.says(resigning);
  assert.deepEqual([happened, codes], [["resigned"], ["resigning"]]);
});

test("who resigned and comes again with its priority has not changed it", () => {
  const one = new Watched();
  one.says({ priority: 0 });
  assert.deepEqual(one.says({ atMs: 100 }).happened, ["new-master"]);
});

test("another MAC address may be somebody else's: said of that advert alone", () => {
  const one = new Watched();
  one.says();
  const { reasons } = one.says({ atMs: 1000, mac: "02:00:00:00:00:99" });
  assert.deepEqual(
    reasons.map(({ code, text }) => `${code}: ${text}`),
    ["mac-changed: spoofed? MAC changed from 02:00:00:00:00:02"],
  );
  assert.deepEqual(one.says({ atMs: 2000, mac: "02:00:00:00:00:99" }).codes, []);
});

test("what this host sends and hears again was looped back, and is no advert of another one", () => {
  const one = new Watched();
  assert.deepEqual(one.says({ direction: "out" }).codes, []);
  const echo = one.says({ atMs: 1, direction: "in" });
  assert.deepEqual([echo.speaker, echo.codes], [null, ["looped-back"]]);
  assert.deepEqual(echo.happened, ["verdict looped-back"]);
  assert.equal(one.router.speakers.get(A)?.adverts, 1);
  assert.deepEqual(one.says({ source: B, atMs: 2, direction: "in" }).codes, []);
});

test("where the direction is not known nothing was looped back", () => {
  const one = new Watched();
  one.says({ direction: "out" });
  assert.deepEqual(one.says({ atMs: 1, direction: null }).codes, []);
});

test("the loopback interface has everything twice", () => {
  const one = new Watched("lo");
  one.says({ ifName: "lo", direction: "out" });
  assert.deepEqual(one.says({ ifName: "lo", direction: "in" }).codes, []);
  const other = new Watched("lonely0");
  other.says({ direction: "out" });
  assert.deepEqual(other.says({ direction: "in" }).codes, ["looped-back"]);
});

test("an advert is held against the strongest master, which is held against who was heard last", () => {
  const one = new Watched();
  one.says({ priority: 200 });
  assert.deepEqual(one.says({ source: B, version: 2, priority: 90, atMs: 100 }).codes, [
    "second-master",
    "version-differs",
  ]);
  assert.deepEqual(one.says({ priority: 200, atMs: 1000 }).codes, []); // the other is a master, too
  one.says({ priority: 200, atMs: 4000 });
  one.router.tick(START_MS + 4200); // B is silent
  const { reasons } = one.says({ priority: 200, atMs: 5000 });
  assert.deepEqual(
    reasons.map(({ text }) => text),
    ["version 3, others 2"],
  );
});

test("who is master beside it is said with its priority, once for each split", () => {
  const one = new Watched();
  one.says({ priority: 200 });
  const second = one.says({ source: B, priority: 90, atMs: 100 });
  assert.deepEqual(
    second.reasons.map(({ level, text }) => `${level}: ${text}`),
    [`warn: SECOND MASTER beside ${A} priority 200`],
  );
  assert.deepEqual(second.happened, ["second-master"]);
  const again = one.says({ source: B, priority: 90, atMs: 1100 });
  assert.deepEqual([again.codes, again.happened], [["second-master"], []]);
});

test("who resigns beside the master, or crosses its first advert, is no second one", () => {
  const one = new Watched();
  one.says();
  assert.deepEqual(one.says({ source: C, priority: 0, atMs: 50 }).codes, ["resigning"]);
  one.says({ source: B, priority: 200, atMs: 100 });
  assert.deepEqual(one.says({ atMs: 150 }).codes, []);
});

test("of several that are not master the one that was heard last counts", () => {
  const one = new Watched();
  one.says({ source: B, priority: 0 });
  one.says({ source: C, priority: 0, version: 2, atMs: 100 });
  assert.deepEqual(one.says({ atMs: 200 }).codes, ["version-differs"]);
  one.says({ source: B, priority: 0, atMs: 300 });
  assert.deepEqual(one.says({ atMs: 400 }).codes, []);
});

test("two groups are told of as such, not as a second master", () => {
  const one = new Watched();
  one.says({ priority: 200 });
  const { codes, happened } = one.says({ source: B, addresses: ["10.0.0.7"], atMs: 100 });
  assert.deepEqual([codes, happened], [["two-groups"], ["two-groups", "verdict two-groups"]]);
});

test("a verdict is told when its reasons change, and when there are none any more", () => {
  const one = new Watched();
  one.says({ priority: 200 });
  assert.deepEqual(one.says({ source: B, intervalMs: 2000, atMs: 10 }).happened, [
    "second-master",
    "verdict interval-differs",
  ]);
  assert.deepEqual(one.says({ source: B, intervalMs: 2000, atMs: 2010 }).happened, []);
  // A second master is not right, however alike it is set up.
  assert.deepEqual(one.says({ source: B, intervalMs: 1000, atMs: 3010 }).happened, [
    "interval 2s -> 1s",
  ]);
  assert.deepEqual(one.says({ source: B, priority: 250, atMs: 7000 }).happened, [
    "priority 100 -> 250",
    "verdict",
  ]);
  assert.deepEqual(one.says({ source: B, priority: 250, atMs: 8000 }, [NOTE]).happened, []); // of that one alone
});

test("the longest time without an advert of a master, also up to now", () => {
  const one = new Watched();
  const { router } = one;
  assert.deepEqual(router.longestGapUntil(START_MS + 9000).lengthMs, 0);
  for (const atMs of [0, 1000, 3500]) one.says({ atMs });
  assert.deepEqual(router.longestGap, { fromMs: START_MS + 1000, lengthMs: 2500 });
  one.says({ atMs: 4000, priority: 0 }); // no advert of a master
  assert.deepEqual(router.longestGapUntil(START_MS + 6000).lengthMs, 2500);
  assert.deepEqual(router.longestGapUntil(START_MS + 6001), {
    fromMs: START_MS + 3500,
    lengthMs: 2501,
  });
});

test("who is no master is remembered for ten minutes, a master for as long as it is one", () => {
  const one = new Watched();
  const { router } = one;
  one.says({ priority: 200 });
  one.says({ source: B, priority: 0, atMs: 1000 });
  for (let atMs = 1000; atMs <= 601_000; atMs += 1000) one.says({ priority: 200, atMs });
  router.tick(START_MS + 600_999);
  assert.deepEqual([...router.speakers.keys()], [A, B]);
  router.tick(START_MS + 601_000);
  assert.deepEqual([...router.speakers.keys()], [A]);
});

test("it is to be looked after when a master may be lost, or one that is none forgotten", () => {
  const one = new Watched();
  one.says({ priority: 0 });
  assert.equal(one.router.deadlineMs, START_MS + 600_000);
  one.says({ source: B, atMs: 1000 });
  assert.equal(one.router.deadlineMs, START_MS + 1000 + 3000 + (255 * 1000) / 256);
});

test("at most 64 are remembered: those that are no master go first, and nobody stays master unseen", () => {
  const one = new Watched();
  const source = (n: number) => `10.0.${n >>> 8}.${n & 0xff}`;
  one.says({ source: C, priority: 0 });
  for (let n = 0; n < 300; n += 1) one.says({ source: source(1300 - n), atMs: n });
  const { speakers, contention } = one.router;
  assert.equal(speakers.size, 64);
  assert.ok(!speakers.has(C));
  assert.ok(contention.masters.length <= 64, `${contention.masters.length} masters`);
  for (const master of contention.masters) assert.equal(speakers.get(master.advert.source), master);
  one.router.tick(START_MS + 9000);
  assert.deepEqual(contention.masters, []);
});

test("of at most 64 it is remembered what is wrong with their adverts", () => {
  const one = new Watched();
  const source = (n: number) => `10.0.7.${n}`;
  for (let n = 0; n <= 64; n += 1) one.says({ source: source(n) }, [BAD]);
  assert.deepEqual(one.says({ source: source(64) }, [BAD]).happened, []);
  assert.deepEqual(one.says({ source: source(0) }, [BAD]).happened, ["verdict ttl-not-255"]);
});

test("an epoch ends with whatever another verdict may follow from", () => {
  const one = new Watched();
  const epochAfter = (said: Said) => {
    one.says(said);
    return one.router.epoch;
  };
  const begun = epochAfter({ priority: 200 });
  assert.equal(epochAfter({ priority: 200, atMs: 1000 }), begun);
  const sentHere = epochAfter({ priority: 200, atMs: 2000, direction: "out" });
  assert.ok(sentHere > begun);
  const another = epochAfter({ source: B, priority: 0, atMs: 2100 });
  assert.ok(another > sentHere);
  one.router.tick(START_MS + 602_100);
  assert.ok(one.router.epoch > another);
});

test("a third master that falls silent ends an epoch, though nothing is told of it", () => {
  const one = new Watched();
  one.says({ priority: 200, intervalMs: 200 });
  one.says({ source: B, priority: 90 });
  one.says({ source: C, priority: 80 });
  const { epoch } = one.router;
  assert.deepEqual(one.router.tick(START_MS + 800), []);
  assert.ok(one.router.epoch > epoch);
});

test("what is said again counts as heard", () => {
  const one = new Watched();
  const { speaker } = one.says();
  one.router.repeat(speaker ?? assert.fail(), START_MS + 1700);
  assert.deepEqual(
    [speaker?.adverts, one.router.missed, speaker?.heardMs],
    [2, 1, START_MS + 1700],
  );
  assert.equal(one.router.longestGap.lengthMs, 1700);
});
