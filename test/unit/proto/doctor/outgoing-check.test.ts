import assert from "node:assert/strict";
import { test } from "node:test";
import type { DoctorFacts } from "../../../../src/proto/doctor/facts.ts";
import { isMute, outgoingFindings } from "../../../../src/proto/doctor/outgoing-check.ts";
import {
  baseChain,
  doctorFacts,
  fixes,
  heardFact,
  speaker,
  told,
} from "../../../support/doctor.ts";

const HELD = { family: 4, vrid: 51, ip: "10.0.0.100", macs: [], here: "eth0" } as const;
const FILTER = { chains: [baseChain({ chain: "out", hook: "output" })], legacyTables: [] };
const OWN = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:03", here: true });

const of = (changes: Partial<DoctorFacts>) =>
  outgoingFindings(
    4,
    doctorFacts({ routerHere: { 4: true, 6: true }, filter: FILTER, holdings: [HELD], ...changes }),
  );

test("a router here that has the address and is not heard: a line for each chain of what goes out", () => {
  const findings = of({});
  assert.deepEqual(told(findings), [
    "fail: this host has 10.0.0.100 and runs a router, but no advert of it left eth0 within 5s: its firewall seems to drop what goes out (output)",
  ]);
  assert.deepEqual(fixes(findings), [
    "nft insert rule inet filter out oifname eth0 meta l4proto 112 accept",
  ]);
});

test("a router that hears nobody would be master, or is a slow one: a doubt", () => {
  for (const holdings of [[], [HELD]]) {
    const findings = of({ holdings, heard: heardFact([]) });
    assert.match(
      told(findings)[0] ?? "",
      /^warn: this host runs a router and nobody else is heard/,
    );
  }
});

test("a firewall that may not be read is a doubt, with advice", () => {
  const findings = of({ filter: { chains: null, legacyTables: [] } });
  assert.match(told(findings)[0] ?? "", /^warn/);
  for (const line of fixes(findings)) assert.match(line, /^# /);
});

test("nothing of a BACKUP, of one that speaks, without a router, or where no chain looks", () => {
  assert.deepEqual(of({ holdings: [] }), []);
  assert.deepEqual(of({ heard: heardFact([OWN, speaker()]) }), []);
  assert.deepEqual(of({ routerHere: { 4: false, 6: true } }), []);
  assert.deepEqual(of({ filter: { chains: [baseChain()], legacyTables: [] } }), []);
});

test("mute is who sends over that family for no VRID", () => {
  const facts = doctorFacts({ routerHere: { 4: true, 6: true }, heard: heardFact([OWN]) });
  assert.deepEqual([isMute(4, facts), isMute(6, facts)], [false, true]);
  assert.equal(isMute(4, { ...facts, vrid: 7 }), false);
});
