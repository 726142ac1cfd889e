/** The page is whole, made of ASCII, and nothing in it is anybody else's markup. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaView } from "../../../../../src/app/ha/web/view.ts";
import { PAGES } from "../../../../../src/commands/ha/web/page.ts";
import { STATUS, transitionAt } from "../../../../support/ha-status.ts";

const VIEW: HaView = {
  host: "fra1",
  wallMs: Date.parse("2026-01-02T00:01:00Z"),
  status: STATUS,
  earlier: [],
  transitions: [transitionAt(Date.parse("2026-01-02T00:00:55Z"), "master")],
};

/** Every text is this one. */
function poisoned<T>(value: T): T {
  if (typeof value === "string") return (value === "VI_1" ? POISON : value) as T;
  if (Array.isArray(value)) return value.map(poisoned) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      POISONED.has(key) && typeof one === "string" ? POISON : poisoned(one),
    ]),
  ) as T;
}
const POISON = `"'><script>alert(1)</script>`;
const POISONED = new Set([
  "host",
  "file",
  "name",
  "output",
  "detail",
  "reason",
  "interface",
  "address",
]);

test("it has its parts, its script and its style, and asks for nothing from elsewhere", () => {
  const page = PAGES.page(VIEW);
  for (const [id, text] of Object.entries(PAGES.parts(VIEW))) {
    assert.ok(page.includes(`<section id="${id}">${text}</section>`), id);
  }
  assert.ok(page.includes(`<script>${PAGES.script}</script>`));
  assert.ok(page.includes(`<style>${PAGES.style}</style>`));
  assert.doesNotMatch(page, /(src|href|action)="(https?:)?\/\//);
  assert.doesNotMatch(page, / style="| on[a-z]+="/, "which its policy forbids");
  assert.ok(page.includes(`<body data-wall-ms="${VIEW.wallMs}">`));
  assert.match(page, /^[\n\x20-\x7e]*$/, "a bundle may be read as Latin-1");
});

test("who is master of what since when, what is tracked and why it changed", () => {
  const page = PAGES.page(VIEW);
  assert.match(page, /<h1>fra1<\/h1><span class="pill master">1 MASTER<\/span>/);
  assert.match(page, /<dd><time datetime="2026-01-02T00:00:55.000Z" data-age>/);
  assert.match(page, /10\.0\.0\.100\/24<\/span> &check;/);
  assert.match(page, /90 = 100 -10 chk/);
  assert.match(page, /DOWN<\/span><span>chk<\/span>.*exit status 1: connection refused/);
  assert.match(page, /<b>VI_1<\/b><span>INIT &rarr; MASTER<\/span>/);
});

test("maintenance, what does not answer and what is wrong is told", () => {
  const [router] = STATUS.instances;
  const missing = { ...router?.vips[0], present: false };
  const instances = [{ ...router, vips: [missing], faults: ["link-down"] }];
  const since = "2026-01-02T00:00:00.000Z";
  const maintenance = { since, until: null, ends_in_ms: null, reason: "new kernel" };
  const changes = { instances, maintenance, unanswered: ["VI_2"] } as unknown as typeof STATUS;
  const page = PAGES.page({ ...VIEW, status: { ...STATUS, ...changes } });
  assert.match(page, /Maintenance since <time [^>]*>[^<]*<\/time>: new kernel</);
  assert.match(page, /1 router without an answer/);
  assert.match(page, /<h3>VI_2<\/h3><span class="pill unknown">NO ANSWER/);
  assert.match(page, /is missing &cross;/);
  assert.match(page, /<dd class="bad">link-down<\/dd>/);
});

test("nothing that comes from a file, a script or the network becomes markup", () => {
  const maintenance = { since: "x", until: null, ends_in_ms: null, reason: POISON };
  const groups = [{ group: POISON, state: null, members: [POISON] }];
  const status = { ...STATUS, maintenance, groups, unanswered: [POISON] };
  const page = PAGES.page(poisoned({ ...VIEW, status }));
  assert.equal(page.split("<script>").length, 2, "its own alone");
  assert.ok(page.split("&#60;script&#62;alert(1)").length > 10);
});

test("the day is drawn to its end, short stretches so that they are seen", () => {
  const [, bar = ""] = /<rect class="master" ([^>]*)>/.exec(PAGES.page(VIEW)) ?? [];
  assert.equal(bar, 'x="1432.0" y="0" width="8.0" height="10"');
});

test("where nothing has changed, its text has not either", () => {
  const [before, after] = [0, 2000].map((ms) => {
    const children = STATUS.children.map((one) => ({ ...one, beat_age_ms: 50 + ms / 10 }));
    const status = { ...STATUS, uptime_ms: STATUS.uptime_ms + ms, children };
    return PAGES.parts({ ...VIEW, status, wallMs: VIEW.wallMs + ms - 2500 });
  });
  assert.deepEqual(before, after);
});
