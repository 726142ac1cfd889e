import assert from "node:assert/strict";
import { test } from "node:test";
import { membershipFindings } from "../../../../src/proto/doctor/membership-check.ts";
import { doctorFacts, fixes, heardFact, speaker, told } from "../../../support/doctor.ts";

const group = { joinedBefore: false, refusal: null, refusalCode: null };

test("who had joined before, and that joining works", () => {
  const of = (joinedBefore: boolean | null) =>
    told(
      membershipFindings(doctorFacts({ groups: { 4: { ...group, joinedBefore }, 6: group } })),
      "membership",
    );
  assert.deepEqual(of(true), [
    "ok: already joined by a program here; joining 224.0.0.18 on eth0 works",
  ]);
  assert.match(of(false)[0] ?? "", /^ok: joined by nobody here before/);
  assert.match(of(null)[0] ?? "", /^ok: the kernel does not tell/);
});

test("a group that cannot be joined, with the cure of the usual reason", () => {
  const refused = {
    joinedBefore: false,
    refusal: "No buffer space (ENOBUFS)",
    refusalCode: "ENOBUFS",
  };
  const findings = membershipFindings(doctorFacts({ groups: { 4: refused, 6: group } }));
  assert.equal(
    told(findings, "membership")[0],
    "fail: eth0 cannot join 224.0.0.18: No buffer space (ENOBUFS)",
  );
  assert.ok(fixes(findings).includes("sysctl -w net/ipv4/igmp_max_memberships=100"));
});

const snooping = (alone: number, joined: number, more: Parameters<typeof doctorFacts>[0] = {}) =>
  membershipFindings(
    doctorFacts({ heard: heardFact([speaker({ alone, joined })]), ...more }),
  ).filter(({ check }) => check === "snooping");

test("adverts of both times, of one alone, and of none", () => {
  assert.match(
    told(snooping(2, 3))[0] ?? "",
    /^ok: 2 adverts in 1\.5s before we joined, 3 in 3\.5s after/,
  );
  assert.match(told(snooping(0, 3))[0] ?? "", /^ok: .* goes by memberships/);
  assert.match(told(snooping(2, 0))[0] ?? "", /^fail: .* they stopped when we joined/);
  const joinedBefore = { 4: { ...group, joinedBefore: true }, 6: group };
  assert.match(
    told(snooping(0, 3, { groups: joinedBefore }))[0] ?? "",
    /^ok: 3 adverts, the group being joined all the time/,
  );
  const silent = doctorFacts({ heard: heardFact([]) });
  assert.match(told(membershipFindings(silent), "snooping")[0] ?? "", /^skip: no advert/);
});

test("what goes to peers alone says nothing of groups, nor does what this host sends", () => {
  for (const changes of [{ toGroup: false }, { here: true }, { source: "10.0.0.3" }]) {
    const facts = doctorFacts({ heard: heardFact([speaker(changes)]) });
    assert.match(told(membershipFindings(facts), "snooping")[0] ?? "", /^skip/);
  }
});

test("a bridge that snoops without a querier is suspect where nothing comes in", () => {
  const bridge = { name: "br0", snooping: true, querier: false };
  const silent = heardFact([]);
  const of = (changes: Parameters<typeof doctorFacts>[0]) =>
    membershipFindings(doctorFacts({ bridge, heard: silent, ...changes })).filter(
      ({ check }) => check === "snooping",
    );
  assert.match(told(of({}))[0] ?? "", /^warn: the bridge br0 snoops without a querier/);
  assert.equal(fixes(of({}))[0], "ip link set dev br0 type bridge mcast_querier 1");
  for (const quiet of [
    { bridge: { ...bridge, querier: true } },
    { bridge: { ...bridge, snooping: false } },
    { heard: { ...silent, queries: { 4: 1, 6: 0 } } },
  ]) {
    assert.match(told(of(quiet))[0] ?? "", /^skip/);
  }
});
