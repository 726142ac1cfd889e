import assert from "node:assert/strict";
import { test } from "node:test";
import { electionOf, strictProblems } from "../../../../src/commands/vrrp/election-options.ts";
import { ip } from "../../../support/packets.ts";

const DEFAULTS = {
  priority: 100,
  version: "3",
  "auth-pass": undefined,
  "auth-pass-file": undefined,
  "key-file": undefined,
  nopreempt: false,
  "preempt-delay": 0,
  "down-adverts": 3,
  "startup-delay": 0,
  "owner-ignore-adverts": false,
  "lower-prio-no-advert": false,
  "higher-prio-send-advert": false,
  strict: false,
  peer: [],
  "excluded-vip": [],
  group: undefined,
  accept: false,
  "vmac-xmit-base": false,
} as const;

test("without options a router answers lower priorities and hears everybody", () => {
  assert.deepEqual(electionOf({ ...DEFAULTS, version: "2", priority: 255 }), {
    preempt: true,
    preemptDelayMs: 0,
    downAdverts: 3,
    startupDelayMs: 0,
    ownerIgnoresAdverts: false,
    answersLower: true,
    advertisesOnYield: false,
  });
});

test("each option sets its own rule", () => {
  const changed = electionOf({
    ...DEFAULTS,
    "preempt-delay": 3000,
    "down-adverts": 5,
    "startup-delay": 2000,
    "lower-prio-no-advert": true,
    "higher-prio-send-advert": true,
  });
  assert.deepEqual(changed, {
    preempt: true,
    preemptDelayMs: 3000,
    downAdverts: 5,
    startupDelayMs: 2000,
    ownerIgnoresAdverts: false,
    answersLower: false,
    advertisesOnYield: true,
  });
  assert.equal(electionOf({ ...DEFAULTS, nopreempt: true }).preempt, false);
  const owner = { ...DEFAULTS, priority: 255, "owner-ignore-adverts": true };
  assert.equal(electionOf(owner).ownerIgnoresAdverts, true);
});

test("strictly, version 2 is silent to lower priorities and version 3 answers them", () => {
  const strict = { ...DEFAULTS, strict: true };
  assert.equal(electionOf({ ...strict, version: "2" }).answersLower, false);
  assert.equal(electionOf({ ...strict, version: "3" }).answersLower, true);
});

test("strictly, an owner ignores adverts and nobody else does", () => {
  const strict = { ...DEFAULTS, strict: true };
  assert.equal(electionOf({ ...strict, priority: 255 }).ownerIgnoresAdverts, true);
  assert.equal(electionOf(strict).ownerIgnoresAdverts, false);
});

test("what the RFC does by itself may be said, and nothing is forbidden without --strict", () => {
  const given = { ...DEFAULTS, "lower-prio-no-advert": true };
  assert.deepEqual(strictProblems({ ...given, strict: true, version: "2" }), []);
  assert.deepEqual(strictProblems({ ...given, "down-adverts": 5 }), []);
  assert.deepEqual(strictProblems({ ...DEFAULTS, strict: true, group: ip("224.0.0.18") }), []);
});
