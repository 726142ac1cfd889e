import assert from "node:assert/strict";
import { test } from "node:test";
import { cameThrough, isSurvived } from "../../../../../src/app/ha/simulate/survival.ts";
import { cluster, live, ranked } from "../../../../support/simulated.ts";

/** On the virtual router of two nodes with these addresses, of which a is stronger. */
const lostBy = (event: string, ofA: readonly string[], ofB: readonly string[]) => {
  const a = { instances: [{ config: { priority: 150 }, vips: ofA }] };
  const [verdict] = live(cluster(a, { instances: [{ vips: ofB }] }), 20, `5s ${event}`).verdicts;
  assert.ok(verdict !== undefined);
  assert.equal(
    isSurvived(verdict),
    verdict.findings.every(({ lost }) => lost.length === 0),
  );
  return verdict.findings.flatMap(({ lost }) => lost);
};

const verdictOn = (event: string, ...priorities: number[]) => {
  const [verdict] = live(ranked(...priorities), 20, `5s ${event}`).verdicts;
  return verdict ?? assert.fail("no verdict");
};

test("a failure is survived where one node is MASTER then, and not what failed", () => {
  assert.equal(isSurvived(verdictOn("crash a", 150, 100)), true);
  assert.equal(isSurvived(verdictOn("crash b", 150, 100)), true);
  assert.equal(isSurvived(verdictOn("freeze a", 150, 100)), true, "nothing can be done about it");
  assert.equal(isSurvived(verdictOn("crash a", 150)), false);
  assert.equal(isSurvived(verdictOn("cut a", 150, 100)), false);
});

test("an address that the new MASTER does not have is lost, and the failure not survived", () => {
  const [one, two] = ["10.0.0.100", "10.0.0.101"];
  assert.deepEqual(lostBy("crash a", [one, two], [one]), [two]);
  assert.deepEqual(lostBy("crash a", [one], [two]), [one]);
  assert.deepEqual(lostBy("crash a", [one], [one, two]), []);
  assert.deepEqual(lostBy("freeze a", [one], [two]), [], "its kernel answers");
});

test("an address that was never held is lost while a node runs that has it", () => {
  const [one, two] = ["10.0.0.100", "10.0.0.101"];
  assert.deepEqual(lostBy("link down eth0@b", [one], [two]), [two]);
  for (const end of ["crash b", "freeze b"]) assert.deepEqual(lostBy(end, [one], [two]), []);
});

test("a cluster came through where each address has one holder that clients reach", () => {
  const lived = (...events: string[]) => cameThrough(live(ranked(150, 100), 30, ...events));
  assert.equal(lived(), true);
  assert.equal(lived("5s crash a"), true);
  assert.equal(lived("5s cut a"), false, "two holders");
  assert.equal(lived("5s cut a", "10s heal"), true);
  assert.equal(lived("5s crash a", "10s crash b"), false, "no holder");
  const untracked = cluster({ instances: [{ tracksOwnLink: false }] });
  assert.equal(cameThrough(live(untracked, 30)), true);
  assert.equal(cameThrough(live(untracked, 30, "5s link down eth0@a")), false, "out of reach");
});
