import assert from "node:assert/strict";
import { test } from "node:test";
import { TimelineKeeper } from "../../../../src/proto/sniff/timeline-keeper.ts";

const [ROUTER, TITLE] = ["eth0 51 4", "eth0 vrid 51 IPv4"];
const [A, B] = ["10.0.0.2", "10.0.0.3"];

test("a failover: the old master's stretch, the gap, the new one's until now", () => {
  const keeper = new TimelineKeeper();
  keeper.masterHeard(ROUTER, TITLE, A, 1000, false);
  keeper.masterEnded(ROUTER, A, 5000);
  keeper.gap(ROUTER, 5000, 8600);
  keeper.masterHeard(ROUTER, TITLE, B, 8600, false);
  assert.deepEqual(keeper.timeline(9000), {
    fromMs: 1000,
    untilMs: 9000,
    routers: [
      {
        title: TITLE,
        lanes: [
          { source: A, stretches: [{ fromMs: 1000, untilMs: 5000, second: false }], marks: [] },
          { source: B, stretches: [{ fromMs: 8600, untilMs: 9000, second: false }], marks: [] },
        ],
        gaps: [{ fromMs: 5000, untilMs: 8600 }],
        leftOut: 0,
      },
    ],
  });
});

test("who becomes the second master, or the only one, begins another stretch", () => {
  const keeper = new TimelineKeeper();
  keeper.masterHeard(ROUTER, TITLE, A, 0, true);
  keeper.masterHeard(ROUTER, TITLE, A, 10, true); // says nothing new
  keeper.masterHeard(ROUTER, TITLE, A, 20, false);
  assert.deepEqual(keeper.timeline(30).routers[0]?.lanes[0]?.stretches, [
    { fromMs: 0, untilMs: 20, second: true },
    { fromMs: 20, untilMs: 30, second: false },
  ]);
});

test("bad adverts are marks of who sent them, master or not", () => {
  const keeper = new TimelineKeeper();
  keeper.bad(ROUTER, TITLE, B, 5, "ttl 64, not 255");
  keeper.masterHeard(ROUTER, TITLE, A, 7, false);
  const { fromMs, routers } = keeper.timeline(8);
  assert.equal(fromMs, 5);
  assert.deepEqual(
    routers[0]?.lanes.map(({ source, marks }) => [source, marks]),
    [
      [B, [{ atMs: 5, reason: "ttl 64, not 255" }]],
      [A, []],
    ],
  );
});

test("a timeline may be asked for again and again, each time until then", () => {
  const keeper = new TimelineKeeper();
  keeper.masterHeard(ROUTER, TITLE, A, 0, false);
  const untilMs = (at: number) => keeper.timeline(at).routers[0]?.lanes[0]?.stretches[0]?.untilMs;
  assert.deepEqual([untilMs(10), untilMs(20)], [10, 20]);
});

test("routers stand in the order of their titles, numbers by their value", () => {
  const keeper = new TimelineKeeper();
  const titles = ["eth0 vrid 10 IPv4", "eth0 vrid 9 IPv6", "eth0 vrid 9 IPv4"];
  for (const title of titles) keeper.masterHeard(title, title, A, 0, false);
  const shown = keeper.timeline(1).routers.map(({ title }) => title);
  assert.deepEqual(shown, titles.toReversed());
});

test("what was not heard of has no end and no gap; nothing told is an instant", () => {
  const keeper = new TimelineKeeper();
  keeper.masterEnded(ROUTER, A, 5);
  keeper.gap(ROUTER, 1, 2);
  assert.deepEqual(keeper.timeline(9), { fromMs: 9, untilMs: 9, routers: [] });
  assert.equal(keeper.timeline(9, 3).fromMs, 3);
});

test("a clock that goes back makes no stretch end before it began", () => {
  const keeper = new TimelineKeeper();
  keeper.masterHeard(ROUTER, TITLE, A, 50, false);
  keeper.masterEnded(ROUTER, A, 40);
  keeper.gap(ROUTER, 60, 55);
  const [router] = keeper.timeline(70).routers;
  assert.deepEqual(router?.lanes[0]?.stretches, [{ fromMs: 50, untilMs: 50, second: false }]);
  assert.deepEqual(router?.gaps, [{ fromMs: 60, untilMs: 60 }]);
});

test("of a router 2000 stretches, gaps and marks are kept, the others counted", () => {
  const keeper = new TimelineKeeper();
  for (let n = 0; n < 2100; n += 1) {
    keeper.masterHeard(ROUTER, TITLE, n % 2 === 0 ? A : B, 10 * n, false);
    keeper.masterEnded(ROUTER, n % 2 === 0 ? A : B, 10 * n + 5);
    keeper.gap(ROUTER, 10 * n + 5, 10 * n + 10);
    keeper.bad(ROUTER, TITLE, A, 10 * n, "checksum bad");
  }
  const [router] = keeper.timeline(21_000).routers;
  const lanes = router?.lanes ?? [];
  assert.equal(lanes.flatMap(({ stretches }) => stretches).length, 2000);
  assert.equal(lanes.flatMap(({ marks }) => marks).length, 2000);
  assert.deepEqual([router?.gaps.length, router?.leftOut], [2000, 300]);
});

test("forged sources fill neither the lanes of a router nor the routers", () => {
  const keeper = new TimelineKeeper();
  for (let n = 0; n < 100; n += 1) keeper.bad(ROUTER, TITLE, `10.0.1.${n}`, n, "checksum bad");
  const [router] = keeper.timeline(100).routers;
  assert.deepEqual([router?.lanes.length, router?.leftOut], [64, 36]);
  assert.equal(keeper.lacksRouters, false);
  for (let n = 0; n < 2000; n += 1) keeper.masterHeard(`${n}`, `${n}`, A, n, false);
  assert.equal(keeper.timeline(2000).routers.length, 1024);
  assert.equal(keeper.lacksRouters, true);
});
