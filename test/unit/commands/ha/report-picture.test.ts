import assert from "node:assert/strict";
import test from "node:test";
import type { Report } from "../../../../src/app/ha/report.ts";
import { timelineOf } from "../../../../src/commands/ha/report-picture.ts";
import type { View } from "../../../../src/proto/ha/service-view.ts";

type Spans = readonly (readonly [fromMs: number, untilMs: number, view: View])[];

const lanesOf = (...nodes: readonly Spans[]) => {
  const record = { from: "", until: "", journals: [], services: [], virtual_servers: [] };
  const named = nodes.map((spans, n) => ({
    name: `node${n}`,
    spans: spans.map(([fromMs, untilMs, view]) => {
      return { fromMs, untilMs, view, master: "10.0.0.9", cause: null };
    }),
  }));
  const services = [{ nodes: named, outages: [] }];
  const report = { record, fromMs: 0, untilMs: 100, services } satisfies Report;
  const [router] = timelineOf(report).routers;
  return (router?.lanes ?? []).map(({ source, stretches }) => [
    source,
    stretches.map(
      ({ fromMs, untilMs, second }) => `${fromMs}..${untilMs}${second ? " second" : ""}`,
    ),
  ]);
};

test("where two nodes were master at once the later lane has a second one", () => {
  const one: Spans = [
    [0, 20, "here"],
    [20, 60, "elsewhere"],
    [60, 90, "here"],
  ];
  const other: Spans = [[10, 70, "here"]];
  assert.deepEqual(lanesOf(one, other), [
    ["node0", ["0..20", "60..90"]],
    ["node1", ["10..20 second", "20..60", "60..70 second"]],
  ]);
});

test("whom a node alone has heard has a lane, and nothing reaches beyond the window", () => {
  const spans: Spans = [
    [-50, 10, "here"],
    [10, 30, "elsewhere"],
    [30, 40, "unknown"],
    [40, 200, "here"],
  ];
  assert.deepEqual(lanesOf(spans), [
    ["node0", ["0..10", "40..100"]],
    ["10.0.0.9", ["10..30"]],
  ]);
});
