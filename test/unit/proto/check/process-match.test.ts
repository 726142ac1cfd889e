import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hasName,
  isMeant,
  type ProcessPattern,
  processFinding,
} from "../../../../src/proto/check/process-match.ts";

test("a name is compared as far as the kernel keeps it, 15 bytes", () => {
  assert.ok(hasName("nginx", "nginx"));
  assert.ok(!hasName("nginx", "nginx2"));
  assert.ok(hasName("systemd-journald", "systemd-journal"));
  assert.ok(!hasName("systemd-journal2", "systemd-journa"));
  assert.ok(hasName("ä".repeat(9), `${"ä".repeat(7)}\ufffd`), "cut within a character");
});

const comm = (parameters: readonly string[] | undefined, match: ProcessPattern["match"]) => ({
  isFull: false,
  parameters,
  match,
});
const argv = ["/usr/bin/app", "-c", "/etc/app.conf", "x"];
const isFound = (pattern: ProcessPattern, name = "app") => isMeant(name, pattern, "app", argv);

test("without parameters the name is enough, with an empty list of them there may be none", () => {
  assert.ok(isFound(comm(undefined, "exact")));
  assert.ok(!isFound(comm([], "exact")));
  assert.ok(isMeant("app", comm([], "exact"), "app", ["app"]));
  assert.ok(isMeant("kthread", comm([], "exact"), "kthread", []));
});

test("exact wants all parameters, partial the first, initial also the begin of the last", () => {
  const whole = ["-c", "/etc/app.conf", "x"];
  assert.ok(isFound(comm(whole, "exact")));
  assert.ok(!isFound(comm(whole.slice(0, 2), "exact")));
  assert.ok(isFound(comm(whole.slice(0, 2), "partial")));
  assert.ok(!isFound(comm(["-c", "/etc/app"], "partial")));
  assert.ok(isFound(comm(["-c", "/etc/app"], "initial")));
  assert.ok(!isFound(comm(["-", "/etc/app"], "initial")));
  assert.ok(!isFound(comm([...whole, "y"], "initial")));
});

test("the whole first word is compared when it is asked for", () => {
  const full = { isFull: true, parameters: undefined, match: "exact" } as const;
  assert.ok(isFound(full, "/usr/bin/app"));
  assert.ok(!isFound(full, "app"));
});

const judged = (instances: number, min: number, max: number, isPartial = false) => {
  const pids = Array.from({ length: instances }, (_, at) => at + 2);
  return processFinding(pids, { min, max }, isPartial).verdict;
};

test("enough and not too many is up, on both bounds", () => {
  assert.deepEqual(
    [1, 2, 4, 5].map((instances) => judged(instances, 2, 4)),
    ["down", "up", "up", "down"],
  );
  assert.equal(judged(0, 0, 0), "up");
});

test("what we may not see decides nothing", () => {
  const endless = Number.POSITIVE_INFINITY;
  assert.equal(judged(1, 2, endless, true), "unknown");
  assert.equal(judged(2, 2, endless, true), "up");
  assert.equal(judged(2, 1, 3, true), "unknown");
  assert.equal(judged(4, 1, 3, true), "down");
});

test("a storm of instances does not fill the report", () => {
  const { facts } = processFinding(Array(5000).fill(9), { min: 1, max: 1 }, false);
  assert.equal(facts.instances, 5000);
  assert.equal((facts.pids as readonly number[]).length, 100);
});
