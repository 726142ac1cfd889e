import assert from "node:assert/strict";
import { test } from "node:test";
import { carpFrame, claimFrame } from "../../../support/foreign.ts";
import { onSll } from "../../../support/link-frames.ts";
import { ODD_PACKETS } from "../../../support/odd-packets.ts";
import { ip } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { question, WatchedSession } from "../../../support/sniff-session.ts";
import { A, advertPacket, B, framePacket, START_MS } from "../../../support/sniffed.ts";

const CARP = framePacket(carpFrame("10.0.0.9", 7));
const CLAIM = framePacket(claimFrame("10.0.0.100", "02:00:00:00:00:77"));

test("what is none of ours is counted and not shown", () => {
  const watched = new WatchedSession();
  watched.hear({}, packetOf(new Uint8Array(60), 1));
  assert.deepEqual([watched.session.packets, watched.shown], [2, [`advert ${A}`]]);
});

test("a packet that is shown is kept, no other one", () => {
  const watched = new WatchedSession({ source: ip(B) });
  watched.hear({}, { source: B, vlans: [5] });
  assert.deepEqual(watched.kept, [advertPacket({ vlans: [5] }).bytes.length]);
});

const FILTERS: readonly [name: string, asked: Parameters<typeof question>[0], shown: string[]][] = [
  ["everything", {}, [`advert ${A}`, `advert ${B}`, "advert fe80::2", "carp", "claim"]],
  ["one VRID", { vrid: 52 }, [`advert ${B}`]],
  ["IPv6", { family: 6 }, ["advert fe80::2"]],
  ["a source, also of what it claims", { source: ip("10.0.0.100") }, ["claim"]],
  ["a source of CARP", { source: ip("10.0.0.9") }, ["carp"]],
  ["what is not right", { badOnly: true }, [`advert ${B}`, "claim"]],
  ["what comes in", { direction: "in" }, [`advert ${B}`, "advert fe80::2", "carp", "claim"]],
  ["what this host sends", { direction: "out" }, [`advert ${A}`]],
];

for (const [name, asked, shown] of FILTERS)
  test(`shown: ${name}`, () => {
    const watched = new WatchedSession(asked);
    const others = [{ source: B, vrid: 52, ttl: 64 }, { source: "fe80::2" }, CARP, CLAIM];
    watched.hear({ direction: "out" }, ...others);
    assert.deepEqual(watched.shown, shown);
  });

test("a note is right enough", () => {
  const watched = new WatchedSession({ badOnly: true });
  watched.hear({}, { priority: 0 });
  assert.deepEqual(watched.shown, []);
});

test("the direction is that of a cooked header where the capture has no other", () => {
  const watched = new WatchedSession({ direction: "out" });
  for (const type of [0, 4]) watched.hear(packetOf(onSll(ODD_PACKETS.v3 as Uint8Array, type), 113));
  assert.equal(watched.shown.length, 1);
});

test("after as many as asked for were shown nothing is taken any more", () => {
  const watched = new WatchedSession({ count: 2, source: ip(A) });
  watched.hear({}, { source: B });
  assert.equal(watched.session.isFull, false);
  watched.hear({}, {}, {});
  assert.deepEqual(
    [watched.session.isFull, watched.shown.length, watched.session.packets],
    [true, 2, 3],
  );
});

test("changes are told of what is not shown, too", () => {
  const watched = new WatchedSession({ source: ip("10.0.0.99") });
  watched.hear({});
  assert.deepEqual(watched.shown, []);
  assert.match(`${watched.told}`, /^0 new-master/);
});

test("one must listen as long as the slowest that was heard needs, 4 s to 180 s", () => {
  const needMs = (intervalMs?: number): number => {
    const watched = new WatchedSession();
    watched.hear(...(intervalMs === undefined ? [] : [{ intervalMs }, { source: B }]));
    return watched.session.needMs;
  };
  assert.deepEqual([needMs(), needMs(100)], [4000, 4000]);
  assert.equal(needMs(3000), 9000 + (3000 * 255) / 256);
  const slow = new WatchedSession();
  slow.hear({ version: 2, intervalMs: 255_000 });
  assert.equal(slow.session.needMs, 180_000);
});

test("a gap is looked for longer than it may last", () => {
  const expectations = { ...question().expectations, maxGapMs: 200_000 };
  assert.equal(new WatchedSession({ expectations }).session.needMs, 204_000);
});

test("as many speakers as there may be do not stop it", () => {
  const watched = new WatchedSession();
  const { session } = watched;
  const [advert] = [advertPacket()];
  watched.hear(advert);
  const [router] = session.routers;
  const [speaker] = router?.speakers.values() ?? [];
  assert.ok(router !== undefined && speaker !== undefined);
  for (let n = 0; n < 300_000; n += 1) router.speakers.set(`${n}`, speaker);
  assert.equal(session.needMs, 4000);
});

test("a link type that cannot be read is named, the first one", () => {
  const watched = new WatchedSession();
  watched.hear(packetOf(new Uint8Array(60), 105), packetOf(new Uint8Array(60), 106));
  assert.deepEqual([watched.session.unknownLinkType, watched.session.packets], [105, 0]);
});

test("a report has the summary, what was violated, and the timeline where it was asked for", () => {
  const watched = new WatchedSession({
    wantsTimeline: true,
    expectations: { ...question().expectations, none: true },
  });
  watched.hear({}, { atMs: 1000 }, { atMs: 1500, ttl: 64 });
  const { summary, violations, timeline } = watched.session.report(START_MS + 2000, 3);
  assert.deepEqual([summary.adverts, summary.kernel_drops, violations.length], [3, 3, 1]);
  assert.deepEqual([timeline?.fromMs, timeline?.untilMs], [START_MS, START_MS + 2000]);
  const [lane] = timeline?.routers[0]?.lanes ?? [];
  assert.deepEqual(lane?.marks, [{ atMs: START_MS + 1500, reason: "ttl 64, not 255" }]);
  assert.equal(new WatchedSession().session.report(START_MS, null).timeline, null);
});

test("the timeline of nothing is an instant, at the end", () => {
  const { timeline } = new WatchedSession({ wantsTimeline: true }).session.report(START_MS, null);
  assert.deepEqual(timeline, { fromMs: START_MS, untilMs: START_MS, routers: [] });
});
