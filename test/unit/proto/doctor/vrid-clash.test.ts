import assert from "node:assert/strict";
import { test } from "node:test";
import { clashFindings, isClashing } from "../../../../src/proto/doctor/vrid-clash.ts";
import {
  doctorFacts,
  fixes,
  heardFact,
  otherSpeaker,
  speaker,
  told,
} from "../../../support/doctor.ts";

const both = ["10.0.0.100", "10.0.0.101"];
const heard = heardFact([
  speaker({}, { addresses: both }),
  otherSpeaker({ addresses: both }, { vrid: 52 }),
]);

test("one address under two VRIDs: one of them is wrong", () => {
  const findings = clashFindings(doctorFacts({ heard }));
  assert.deepEqual(told(findings, "vrid"), [
    "fail: 10.0.0.100, 10.0.0.101 are advertised under vrid 51 by 10.0.0.2 and vrid 52 by 10.0.0.4: one of them has the wrong VRID",
  ]);
  for (const line of fixes(findings)) assert.match(line, /^# /);
});

test("one that is asked about is held against all others, and others are nobody's question", () => {
  assert.equal(clashFindings(doctorFacts({ heard, vrid: 52 })).length, 1);
  assert.equal(clashFindings(doctorFacts({ heard, vrid: 7 })).length, 0);
  assert.ok(isClashing("10.0.0.101", doctorFacts({ heard })));
});

test("two routers with addresses of their own, and one that has resigned, do not clash", () => {
  const apart = heardFact([speaker(), otherSpeaker({ addresses: ["10.0.0.101"] }, { vrid: 52 })]);
  assert.deepEqual(clashFindings(doctorFacts({ heard: apart })), []);
  const gone = heardFact([speaker(), otherSpeaker({ priority: 0 }, { vrid: 52 })]);
  assert.deepEqual(clashFindings(doctorFacts({ heard: gone })), []);
});
