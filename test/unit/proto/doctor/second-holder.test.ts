import assert from "node:assert/strict";
import { test } from "node:test";
import type { Speaker } from "../../../../src/proto/doctor/census.ts";
import type { HoldingFact } from "../../../../src/proto/doctor/facts.ts";
import { secondHolderAdvice } from "../../../../src/proto/doctor/second-holder.ts";
import {
  baseChain,
  doctorFacts,
  heardFact,
  otherSpeaker,
  speaker,
} from "../../../support/doctor.ts";

const TWO = ["02:00:00:00:00:02", "02:00:00:00:00:04"];

const MUTE = {
  routerHere: { 4: true, 6: false },
  filter: { chains: [baseChain({ hook: "output" })], legacyTables: [] },
  holdings: [{ family: 4, vrid: 51, ip: "10.0.0.100", macs: TWO, here: "eth0" }],
} as const;

const of = (
  speakers: readonly Speaker[],
  changes: Parameters<typeof doctorFacts>[0] = {},
  holding: Partial<HoldingFact> = {},
) =>
  secondHolderAdvice(
    { family: 4, vrid: 51, ip: "10.0.0.100", macs: TWO, here: null, ...holding },
    doctorFacts({ heard: heardFact(speakers), ...changes }),
  );

test("a reason that another check has told is referred to, and nobody is to remove anything", () => {
  const reasons: [RegExp, string[]][] = [
    [/see vrid/, of([speaker(), otherSpeaker({}, { vrid: 52 })])],
    [/10\.0\.0\.4 .*see ttl/, of([speaker(), otherSpeaker({}, { lowestTtl: 64 })])],
    [/see adverts/, of([speaker(), otherSpeaker({}, { flaws: { "bad-checksum": 2 } })])],
    [/see master/, of([speaker(), otherSpeaker()])],
    [/see firewall/, of([speaker({ received: 0 })], {}, { here: "eth0" })],
    [/adverts do not leave: see firewall/, of([speaker()], MUTE, { here: "eth0" })],
  ];
  for (const [reason, advice] of reasons) {
    assert.match(advice.join("\n"), reason);
    assert.doesNotMatch(advice.join("\n"), /remove|--for 30s/);
  }
});

test("a router here that is silent, for which no firewall is to blame, is thought of first", () => {
  const filter = { chains: [], legacyTables: [] };
  const [own, ...others] = of([speaker()], { ...MUTE, filter }, { here: "eth0" });
  assert.match(
    own ?? "",
    /^# a router of this host may be master although no advert of it left eth0/,
  );
  assert.equal(others.length, 3);
});

test("that this host's own adverts do not come back to it explains nothing", () => {
  const own = speaker({ source: "10.0.0.3", here: true, received: 0 });
  assert.doesNotMatch(of([own], {}, { here: "eth0" }).join(), /see firewall/);
});

test("without a known reason: a direction that is dead, one that was silent, and only then a remnant", () => {
  const [dead, silent, left, ...more] = of([speaker()]);
  assert.match(
    dead ?? "",
    /^# .*-I eth0 --respond on 10\.0\.0\.2, .*--peer 10\.0\.0\.2 on the other$/,
  );
  assert.match(of([], {}, { here: "eth0" })[0] ?? "", /--respond there, .*--peer ADDR here$/);
  assert.match(silent ?? "", /^# .*vipkit vrrp doctor -I eth0 --for 30s$/);
  assert.match(
    left ?? "",
    /^# only where no router runs there: .*ip address show to 10\.0\.0\.100/,
  );
  assert.deepEqual(more, []);
});
