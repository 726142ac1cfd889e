import assert from "node:assert/strict";
import { test } from "node:test";
import { drawTimeline } from "../../../../src/commands/vrrp/timeline-svg.ts";
import { bad, failover, flapping, master, timeline } from "../../../support/timelines.ts";
import { elementsOf, parseXml, type XmlElement } from "../../../support/xml.ts";

const bars = (svg: XmlElement, kind: string) =>
  elementsOf(svg, "rect").filter(
    (it) => it.attributes.class === kind && elementsOf(it, "title")[0],
  );
const titles = (elements: readonly XmlElement[]) =>
  elements.map((element) => elementsOf(element, "title")[0]?.text);
const words = (svg: XmlElement) =>
  elementsOf(svg, "text").map((it) => it.text + it.children.map(({ text }) => text).join(" "));

test("bars say who was master and who was second, gaps that nobody was, marks what was wrong", () => {
  const svg = parseXml(drawTimeline(timeline(300, failover())));
  assert.deepEqual(titles(bars(svg, "master")), [
    "10.0.0.2: master from 2026-01-02 12:00:00.000 until 2026-01-02 12:01:40.000, 1m40s",
    "10.0.0.3: master from 2026-01-02 12:01:44.000 until 2026-01-02 12:03:20.000, 1m36s",
  ]);
  assert.deepEqual(titles(bars(svg, "second")), [
    "10.0.0.3: second master from 2026-01-02 12:04:00.000 until 2026-01-02 12:04:50.000, 50s",
  ]);
  assert.deepEqual(titles(bars(svg, "nobody")), [
    "nobody was heard from 2026-01-02 12:01:40.000 until 2026-01-02 12:01:44.000, 4s",
  ]);
  const marks = elementsOf(svg, "path").filter((it) => it.attributes.class === "bad");
  assert.deepEqual(titles(marks).slice(1), ["10.0.0.2: ttl 64, not 255, 2026-01-02 12:00:40.000"]);
});

test("bars stand where their times are", () => {
  const lanes = [{ source: "10.0.0.2", stretches: [master(0, 100), master(200, 400)], marks: [] }];
  const svg = parseXml(drawTimeline(timeline(400, failover({ lanes, gaps: [] }))));
  const [first, second] = bars(svg, "master").map(({ attributes }) => ({
    x: Number(attributes.x),
    width: Number(attributes.width),
  }));
  const left = first?.x ?? 0;
  const span = 1200 - 24 - left;
  assert.ok(Math.abs((first?.width ?? 0) - span / 4) <= 1);
  assert.ok(Math.abs((second?.x ?? 0) - left - span / 2) <= 1);
  assert.ok(Math.abs((second?.width ?? 0) - span / 2) <= 1);
});

test("the heading has the span and its zone, the band what it comes to, the description all of it", () => {
  const svg = parseXml(drawTimeline(timeline(300, failover({ leftOut: 7 }))));
  const shown = words(svg);
  assert.ok(
    shown.includes("2026-01-02 12:00:00.000 to 2026-01-02 12:05:00.000 UTC, 5m, 1 virtual router"),
  );
  assert.ok(shown.includes("time (UTC)"));
  assert.ok(shown.includes("7 more stretches and bad adverts were not kept"));
  const { role, "aria-labelledby": labels } = svg.attributes;
  assert.deepEqual([role, labels], ["img", "title desc"]);
  const [desc] = elementsOf(svg, "desc");
  assert.equal(
    desc?.text,
    "2026-01-02 12:00:00.000 to 2026-01-02 12:05:00.000 UTC, 5m. eth0 vrid 51 IPv4: master: 10.0.0.2, 10.0.0.3; 1 change of master; nobody for 4s; two masters for 50s; 1 bad advert: ttl 64, not 255 (1).",
  );
});

test("nothing heard is said, on an axis of that time", () => {
  const svg = parseXml(drawTimeline(timeline(5)));
  assert.ok(words(svg).includes("No advert was heard."));
  assert.ok(words(svg).includes("12:00:03.000"));
});

test("what others sent is text, not markup", () => {
  const hostile = `<script>alert(1)</script>&amp;"'\u0000\u001b[31m\u202e\ud800\ufffe]]>`;
  const lanes = [{ source: hostile, stretches: [master(0, 9)], marks: [bad(1, hostile)] }];
  const svg = parseXml(drawTimeline(timeline(9, failover({ title: hostile, lanes }))));
  assert.equal(elementsOf(svg, "script").length, 0);
  assert.ok(words(svg).some((text) => text.startsWith("<script>alert(1)</script>&amp;\"'\\x00")));
});

test("it needs nothing beside it: no script, no reference to elsewhere, both schemes of colour", () => {
  const text = drawTimeline(timeline(300, failover()));
  assert.doesNotMatch(
    text.replace('xmlns="http://www.w3.org/2000/svg"', ""),
    /https?:|href|@import/,
  );
  assert.deepEqual(
    [...text.matchAll(/url\(([^)]*)\)/g)].map(([, at]) => at?.[0]).filter((it) => it !== "#"),
    [],
  );
  assert.match(text, /color-scheme:light dark/);
  assert.match(text, /@media \(prefers-color-scheme:dark\)/);
});

test("a blink of a master among days is still to be seen", () => {
  const month = 30 * 86_400;
  const lanes = [
    { source: "10.0.0.2", stretches: [master(9, 9.001), master(month - 0.001, month)], marks: [] },
  ];
  const svg = parseXml(drawTimeline(timeline(month, failover({ lanes, gaps: [] }))));
  for (const { attributes } of bars(svg, "master")) {
    assert.ok(Number(attributes.width) >= 2);
    assert.ok(Number(attributes.x) + Number(attributes.width) <= 1200 - 24);
  }
});

test("it grows with the routers; an axis is in sight everywhere", () => {
  const routers = Array.from({ length: 250 }, (_, n) => failover({ title: `eth0 vrid ${n + 1}` }));
  const svg = parseXml(drawTimeline(timeline(300, ...routers)));
  const shown = words(svg);
  for (const { title } of routers) assert.ok(shown.includes(title));
  const height = Number(svg.attributes.height);
  assert.ok(height > 250 * 60);
  assert.ok(shown.filter((text) => text === "time (UTC)").length >= height / 1100);
});

test("its size is bounded: what is too narrow loses its tooltip, then its place among others", () => {
  const routers = Array.from({ length: 40 }, (_, n) => flapping(`vrid ${n}`, 500, 86_400, n + 1));
  const whole = timeline(86_400, ...routers);
  const fine = drawTimeline(whole);
  const coarse = drawTimeline(whole, fine.length / 2);
  const coarsest = drawTimeline(whole, 1);
  assert.ok(fine.length <= 1_600_000, `${fine.length}`);
  assert.ok(coarse.length < 0.6 * fine.length);
  assert.ok(coarsest.length < coarse.length);
  for (const svg of [coarse, coarsest])
    assert.ok(elementsOf(parseXml(svg), "path").some((it) => it.attributes.class === "master"));
});

test("more addresses than have room are counted", () => {
  const lanes = Array.from({ length: 45 }, (_, n) => ({
    source: `10.0.1.${n}`,
    stretches: [master(n, n + 1)],
    marks: [],
  }));
  const svg = parseXml(drawTimeline(timeline(50, failover({ lanes, leftOut: 2 }))));
  assert.ok(
    words(svg).includes(
      "5 more addresses have no room here; 2 more stretches and bad adverts were not kept",
    ),
  );
});
