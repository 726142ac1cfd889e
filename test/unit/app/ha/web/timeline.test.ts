import assert from "node:assert/strict";
import { test } from "node:test";
import { stretchesOf } from "../../../../../src/app/ha/web/timeline.ts";
import { ROUTER, transitionAt } from "../../../../support/ha-status.ts";

const { instance } = ROUTER;
const transitions = [
  transitionAt(1000, "backup"),
  { ...transitionAt(2000, "fault"), instance: "other" },
  transitionAt(5000, "master"),
];

const NOW = { wallMs: 9000, status: { uptime_ms: 8500 } };

test("each lasts until the next one of the same router, the last one until now", () => {
  assert.deepEqual(stretchesOf(instance, { transitions, earlier: [], ...NOW }, 0), [
    { state: "backup", fromMs: 1000, toMs: 5000 },
    { state: "master", fromMs: 5000, toMs: 9000 },
  ]);
});

test("what was over before the beginning is left out, what had begun is cut", () => {
  assert.deepEqual(stretchesOf(instance, { transitions, earlier: [], ...NOW }, 6000), [
    { state: "master", fromMs: 6000, toMs: 9000 },
  ]);
});

test("of a router that told nothing nothing is known", () => {
  assert.deepEqual(stretchesOf("unknown", { transitions, earlier: [], ...NOW }, 0), []);
});

test("what was before the start stands before it, with a gap where nobody ran", () => {
  const earlier = [
    { instance, wallMs: 100, state: "master" },
    { instance: "other", wallMs: 200, state: "fault" },
    { instance: null, wallMs: 300, state: null },
    { instance, wallMs: 1000, state: "backup" }, // known from the transitions, too
  ] as const;
  assert.deepEqual(stretchesOf(instance, { transitions, earlier, ...NOW }, 0).slice(0, 2), [
    { state: "master", fromMs: 100, toMs: 300 },
    { state: "backup", fromMs: 1000, toMs: 5000 },
  ]);
});
