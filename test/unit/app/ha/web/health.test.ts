import assert from "node:assert/strict";
import { test } from "node:test";
import { flawsOf } from "../../../../../src/app/ha/web/health.ts";
import { STATUS } from "../../../../support/ha-status.ts";

const [child] = STATUS.children;
const withChild = (changes: object) =>
  flawsOf({ ...STATUS, children: [Object.assign({}, child, changes)] }, 1000);

test("processes that live and routers that answer are well, whatever they are", () => {
  assert.deepEqual(flawsOf(STATUS, 1000), []);
  assert.deepEqual(withChild({ beat_age_ms: 1000 }), []);
});

test("each that does not is named with what is wrong", () => {
  assert.deepEqual(withChild({ beat_age_ms: 1500 }), ["process vrrp is silent for 1.5s"]);
  assert.deepEqual(withChild({ beat_age_ms: null }), ["process vrrp has just started"]);
  assert.deepEqual(withChild({ pid: null, beat_age_ms: null }), ["process vrrp does not run"]);
  const unanswered = ["VI_1"];
  assert.deepEqual(flawsOf({ ...STATUS, unanswered }, 1000), ["router VI_1 does not answer"]);
});
