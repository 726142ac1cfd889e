import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameAdvert } from "../../../../src/proto/vrrp/frame-advert.ts";
import { WireSurvey } from "../../../../src/proto/vrrp/wire-survey.ts";

const advert = (source: string, changes: Partial<FrameAdvert> = {}): FrameAdvert => ({
  vrid: 51,
  family: 4,
  version: 3,
  source,
  mac: `02:00:00:00:00:0${source.at(-1)}`,
  priority: 100,
  intervalMs: 1000,
  addresses: ["10.0.0.100"],
  ...changes,
});

/** Who is master at 4 s, having been heard at those times. */
function mastersOf(heard: readonly (readonly [atMs: number, advert: FrameAdvert])[]): string[][] {
  const survey = new WireSurvey();
  for (const [atMs, one] of heard) survey.hear(one, false, atMs);
  return survey.routers(4000).map(({ masters }) => masters.map(({ last }) => last.source));
}

const [a, b] = [advert("10.0.0.1"), advert("10.0.0.2")];

test("who is heard is master, of each virtual router and family one", () => {
  const six = advert("fe80::1", { family: 6 });
  const other = advert("10.0.0.3", { vrid: 7 });
  assert.deepEqual(
    mastersOf([
      [0, a],
      [10, six],
      [20, other],
      [3000, a],
    ]),
    [["10.0.0.3"], ["10.0.0.1"], ["fe80::1"]],
  );
});

test("two that are heard in turn are two masters, the latest first", () => {
  assert.deepEqual(
    mastersOf([
      [0, a],
      [500, b],
      [1000, a],
      [1500, b],
    ]),
    [["10.0.0.2", "10.0.0.1"]],
  );
});

test("one that is not heard again since another began has handed over", () => {
  assert.deepEqual(
    mastersOf([
      [0, a],
      [1000, a],
      [1600, b],
      [2600, b],
    ]),
    [["10.0.0.2"]],
  );
});

test("one that resigned is no master, nor one that is silent for too long", () => {
  assert.deepEqual(
    mastersOf([
      [3000, a],
      [3500, { ...a, priority: 0 }],
    ]),
    [[]],
  );
  const quick = { ...a, intervalMs: 100 };
  assert.deepEqual(mastersOf([[3500, quick]]), [[]]); // 0.3996 s would have been its time
  assert.deepEqual(mastersOf([[3601, quick]]), [["10.0.0.1"]]);
});

test("a listener stays as long as the slowest master needs, version 2 counting skew in seconds", () => {
  const survey = new WireSurvey();
  assert.equal(survey.needMs, 3000 + (255 / 256) * 1000);
  survey.hear({ ...a, intervalMs: 10_000 }, false, 0);
  assert.equal(survey.needMs, 30_000 + (255 / 256) * 10_000);
  survey.hear({ ...b, intervalMs: 20_000, version: 2 }, false, 0);
  assert.equal(survey.needMs, 60_000 + (255 / 256) * 1000);
});

test("a thousand speakers are the most that are remembered", () => {
  const survey = new WireSurvey();
  for (let i = 0; i < 4000; i++) {
    survey.hear(advert(`10.0.0.${i % 2000}`), false, i);
  }
  assert.equal(survey.routers(4000)[0]?.masters.length, 1024);
});
