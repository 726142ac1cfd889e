import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../../../src/proto/doctor/diagnose.ts";
import { doctorFacts, heardFact, linkFact, speaker, told } from "../../../support/doctor.ts";

test("a healthy LAN passes every check", () => {
  const holdings = [
    { family: 4, vrid: 51, ip: "10.0.0.100", macs: ["02:00:00:00:00:02"], here: null },
  ] as const;
  const findings = diagnose(doctorFacts({ holdings }));
  assert.deepEqual(
    findings.map(({ check, verdict }) => `${check} ${verdict}`),
    [
      "link ok",
      "multicast ok",
      "address ok",
      "membership ok",
      "snooping ok",
      "master ok",
      "firewall ok",
      "agreement ok",
      "adverts ok",
      "sysctl ok",
      "holder ok",
    ],
  );
  for (const { seen, fix } of findings) {
    assert.doesNotMatch(seen, /\n|\.$/);
    assert.deepEqual(fix, []);
  }
});

test("what reads alike of both families names its own", () => {
  const six = speaker({ family: 6, source: "fe80::2" }, { addresses: ["fd00::100"] });
  const heard = heardFact([speaker(), six]);
  const findings = diagnose(doctorFacts({ families: [4, 6], heard }));
  const seen = findings.map(({ check, seen: text }) => `${check}: ${text}`);
  assert.equal(new Set(seen).size, seen.length);
  for (const check of ["membership", "snooping", "firewall"]) {
    const both = findings.filter((one) => one.check === check);
    assert.deepEqual(
      both.map(({ family, seen: text }) => [family, text.slice(0, 6)]),
      [
        [4, "IPv4: "],
        [6, "IPv6: "],
      ],
    );
  }
});

test("of a link that is down nothing is told that needs it", () => {
  const link = linkFact({ up: false, running: false });
  const checks = diagnose(doctorFacts({ link })).map(({ check }) => check);
  assert.deepEqual(checks, ["link", "multicast", "address", "sysctl"]);
});

test("what may take addresses away matters only where this host advertises", () => {
  const suspects = [{ program: "NetworkManager", pid: 7, remedy: "set it otherwise" }];
  assert.deepEqual(told(diagnose(doctorFacts({ suspects })), "manager"), []);
  const heard = heardFact([speaker({ here: true })]);
  const [finding] = diagnose(doctorFacts({ suspects, heard })).slice(-1);
  assert.deepEqual(
    [finding?.check, finding?.verdict, finding?.fix],
    ["manager", "warn", ["# set it otherwise"]],
  );
});
