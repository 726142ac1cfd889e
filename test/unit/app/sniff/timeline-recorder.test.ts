import assert from "node:assert/strict";
import { test } from "node:test";
import { TimelineRecorder } from "../../../../src/app/sniff/timeline-recorder.ts";
import { A, advertPacket, B, C, Onlooker, type Said, START_MS } from "../../../support/sniffed.ts";

/** Lanes as `10.0.0.2: 0-1500 2000-3000*`, a second master with a star; gaps; marks. */
function drawn(adverts: readonly Said[], untilMs: number): string[] {
  const recorder = new TimelineRecorder();
  const onlooker = new Onlooker({ onChange: (change) => recorder.note(change) });
  for (const said of adverts) {
    const sighting = onlooker.see(advertPacket(said));
    if (sighting !== undefined) recorder.judge(sighting, onlooker.observer.nowMs);
  }
  onlooker.tick(untilMs);
  const { routers, fromMs } = recorder.timeline(START_MS, START_MS + untilMs);
  assert.equal(fromMs, START_MS);
  const since = (ms: number) => Math.round(ms - START_MS);
  const span = (one: { fromMs: number; untilMs: number; second?: boolean }) =>
    `${since(one.fromMs)}-${since(one.untilMs)}${one.second === true ? "*" : ""}`;
  return routers.flatMap(({ lanes, gaps }) => [
    ...lanes.map(({ source, stretches, marks }) =>
      [
        `${source}:`,
        ...stretches.map(span),
        ...marks.map(({ atMs, reason }) => `${since(atMs)}: ${reason}`),
      ].join(" "),
    ),
    ...(gaps.length === 0 ? [] : [["gaps:", ...gaps.map(span)].join(" ")]),
  ]);
}

const CASES: readonly [name: string, adverts: readonly Said[], untilMs: number, drawn: string[]][] =
  [
    ["one master is it until the end", [{}, { atMs: 1000 }], 1500, [`${A}: 0-1500`]],
    [
      "a preemption leaves no gap",
      [{}, { source: B, priority: 200, atMs: 1000 }],
      1500,
      [`${A}: 0-1000`, `${B}: 1000-1500`],
    ],
    [
      "a resignation leaves one until the next master",
      [{}, { priority: 0, atMs: 1000 }, { source: B, priority: 90, atMs: 1600 }],
      2000,
      [`${A}: 0-1000`, `${B}: 1600-2000`, "gaps: 1000-1600"],
    ],
    [
      "a loss leaves one since the last advert, until it comes again",
      [{}, { atMs: 1000 }, { atMs: 9000 }],
      9500,
      [`${A}: 0-1000 9000-9500`, "gaps: 1000-9000"],
    ],
    ["a loss until the end", [{}], 7000, [`${A}: 0-0`, "gaps: 0-7000"]],
    [
      "a second master, until one is left",
      [
        {},
        { source: B, priority: 90, atMs: 500 },
        { source: B, priority: 90, atMs: 1500 },
        ...[1000, 2000, 3000, 4000, 5000, 6000].map((atMs) => ({ atMs })),
      ],
      6500,
      [`${A}: 0-6500`, `${B}: 500-1500*`],
    ],
    [
      "the second one stays alone",
      [{}, { source: B, priority: 90, atMs: 500 }, { priority: 0, atMs: 700 }],
      1000,
      [`${A}: 0-700`, `${B}: 500-700* 700-1000`],
    ],
    [
      "a third one ends a split brain of two",
      [
        {},
        { source: B, priority: 90, atMs: 500 },
        { source: B, priority: 90, atMs: 800 },
        { source: C, priority: 200, atMs: 900 },
      ],
      1000,
      [`${A}: 0-900`, `${B}: 500-800*`, `${C}: 900-1000`],
    ],
    [
      "one of three resigns: two are left, and no gap",
      [
        {},
        { source: B, priority: 90 },
        { source: C, priority: 80 },
        { source: C, priority: 0, atMs: 300 },
      ],
      900,
      [`${A}: 0-900`, `${B}: 0-900*`, `${C}: 0-300*`],
    ],
    [
      "an advert that nobody believes is a mark",
      [
        {},
        { source: B, ttl: 64, atMs: 300 },
        { source: B, intervalMs: 2000, priority: 0, atMs: 400 },
      ],
      500,
      [`${A}: 0-500`, `${B}: 300: ttl 64, not 255`],
    ],
  ];

for (const [name, adverts, untilMs, expected] of CASES)
  test(`drawn: ${name}`, () => assert.deepEqual(drawn(adverts, untilMs), expected));
