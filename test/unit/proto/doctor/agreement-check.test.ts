import assert from "node:assert/strict";
import { test } from "node:test";
import { agreementFindings } from "../../../../src/proto/doctor/agreement-check.ts";
import type { Speaker } from "../../../../src/proto/doctor/census.ts";
import { groupsOf } from "../../../../src/proto/doctor/speakers.ts";
import {
  doctorFacts,
  fixes,
  heardFact,
  otherSpeaker,
  speaker,
  told,
} from "../../../support/doctor.ts";

function findingsOf(...speakers: readonly Speaker[]) {
  const [group] = groupsOf(doctorFacts({ heard: heardFact(speakers) }));
  assert.ok(group !== undefined);
  return agreementFindings(group, "eth0");
}

const V2 = { version: 2, auth: "none", checksum: null } as const;

test("who agrees with all others is told once", () => {
  assert.deepEqual(told(findingsOf(speaker())), [
    "ok: vrid 51: one sender, version 3, interval 1s, checksum with the pseudo-header",
  ]);
  assert.deepEqual(told(findingsOf(speaker({}, V2), otherSpeaker(V2))), [
    "ok: vrid 51: all 2 senders agree, version 2, interval 1s, authentication none",
  ]);
});

test("lists that differ name what each has beyond the others", () => {
  const more = ["10.0.0.100", "10.0.0.101"];
  assert.deepEqual(told(findingsOf(speaker(), otherSpeaker({ addresses: more })), "addresses"), [
    "fail: vrid 51: address lists differ: all have 10.0.0.100, 10.0.0.4 (02:00:00:00:00:04) +10.0.0.101",
  ]);
});

test("lists without a common address are two groups, however many have each", () => {
  const third = speaker({ source: "10.0.0.5" }, { addresses: ["10.0.0.77", "10.0.0.78"] });
  const findings = findingsOf(speaker(), otherSpeaker({ addresses: ["10.0.0.78"] }), third);
  assert.deepEqual(told(findings, "vrid"), [
    "fail: vrid 51 is used by 2 groups that share no address: 10.0.0.2 for 10.0.0.100; 10.0.0.4, 10.0.0.5 for 10.0.0.78, 10.0.0.77",
  ]);
  assert.deepEqual(told(findings, "addresses"), []);
  assert.match(fixes(findings)[0] ?? "", /vipkit vrrp id -I eth0 10\.0\.0\.78$/);
});

test("another interval is fatal in version 2, which version 3 learns", () => {
  const slow = { intervalMs: 2000 };
  assert.match(
    told(findingsOf(speaker(), otherSpeaker(slow)), "interval")[0] ?? "",
    /^warn: .* 1s from .*; 2s from /,
  );
  const findings = findingsOf(speaker({}, V2), otherSpeaker({ ...V2, ...slow }));
  assert.match(told(findings, "interval")[0] ?? "", /^fail/);
});

test("versions, ways of authentication, and signatures", () => {
  assert.match(
    told(findingsOf(speaker(), otherSpeaker(V2)), "version")[0] ?? "",
    /^fail: .* version 3 from .*; version 2 from /,
  );
  const pass = { ...V2, auth: "pass", password: Uint8Array.of(1) } as const;
  assert.match(
    told(findingsOf(speaker({}, V2), otherSpeaker(pass)), "authentication")[0] ?? "",
    /^fail: .* none from .*; pass from /,
  );
  assert.match(
    told(findingsOf(speaker(), otherSpeaker({ signed: true })), "signature")[0] ?? "",
    /^fail/,
  );
});

test("passwords are compared, and never shown", () => {
  const text = (word: string) => new TextEncoder().encode(word);
  const of = (word: string) => ({ ...V2, auth: "pass", password: text(word) }) as const;
  const differing = findingsOf(speaker({}, of("s3cret")), otherSpeaker(of("0ther")));
  assert.match(told(differing, "authentication")[0] ?? "", /^fail: vrid 51: passwords differ/);
  assert.doesNotMatch(JSON.stringify(differing), /s3cret|0ther|115,51/);
  assert.equal(findingsOf(speaker({}, of("same")), otherSpeaker(of("same")))[0]?.verdict, "ok");
});

test("who sends which checksum, with the words of each program", () => {
  const findings = findingsOf(speaker(), otherSpeaker({ checksum: "bare" }));
  assert.match(
    told(findings, "checksum")[0] ?? "",
    /^fail: .* with the pseudo-header from 10\.0\.0\.2 .*; of the message alone from 10\.0\.0\.4 /,
  );
  for (const word of [
    "10.0.0.4",
    "checksum-with-ipv4-pseudoheader",
    "v3_checksum_as_v2",
    "vipkit vrrp run",
  ]) {
    assert.ok(
      fixes(findings).some((line) => line.includes(word)),
      word,
    );
  }
});

test("a sender without one good advert has no say, nor has our own echo", () => {
  const mute = otherSpeaker({}, { flaws: { "bad-checksum": 3 } });
  assert.equal(findingsOf(speaker(), { ...mute, terms: null }).length, 1);
  const echo = otherSpeaker({ addresses: ["10.0.0.1"] }, { source: "10.0.0.3" });
  assert.equal(findingsOf(speaker(), echo).length, 1);
});
