import assert from "node:assert/strict";
import { test } from "node:test";
import type { HoldingFact } from "../../../../src/proto/doctor/facts.ts";
import { holderFindings } from "../../../../src/proto/doctor/holders-check.ts";
import {
  addressFact,
  doctorFacts,
  fixes,
  heardFact,
  otherSpeaker,
  speaker,
  told,
} from "../../../support/doctor.ts";

const [MASTER, VMAC] = ["02:00:00:00:00:02", "00:00:5e:00:01:33"];
const OWN = speaker({ source: "10.0.0.3", mac: "02:00:00:00:00:03", here: true });

const of = (holding: Partial<HoldingFact>, speakers = [speaker()]) =>
  told(
    holderFindings(
      doctorFacts({
        heard: heardFact(speakers),
        holdings: [{ family: 4, vrid: 51, ip: "10.0.0.100", macs: [], here: null, ...holding }],
      }),
    ),
  )[0];

test("the master, by its own MAC address or the virtual one", () => {
  assert.equal(of({ macs: [MASTER] }), `ok: 10.0.0.100 is at ${MASTER}, the master`);
  assert.equal(of({ macs: [VMAC] }), `ok: 10.0.0.100 is at ${VMAC}, the virtual MAC address`);
  assert.equal(of({ here: "eth0" }, [OWN]), "ok: 10.0.0.100 is on eth0 of this host, the master");
});

test("nobody, although there is a master, or as there is none", () => {
  assert.match(of({}) ?? "", /^fail: nobody answers for 10\.0\.0\.100, although 10\.0\.0\.2 /);
  assert.match(of({}, []) ?? "", /^warn: nobody answers for 10\.0\.0\.100$/);
});

test("somebody who is not master, this host among them", () => {
  assert.match(
    of({ macs: ["02:00:00:00:00:09"] }) ?? "",
    /^fail: .* \(somebody else\), not at its master 10\.0\.0\.2/,
  );
  assert.match(
    of({ here: "eth1" }) ?? "",
    /^fail: 10\.0\.0\.100 is on eth1 of this host, but 10\.0\.0\.2 .* is master$/,
  );
});

test("several places at once, each by its name where it is known", () => {
  const two = of({ macs: [MASTER, "02:00:00:00:00:04"] }, [speaker(), otherSpeaker()]);
  assert.equal(
    two,
    "fail: 10.0.0.100 is at 2 places: 02:00:00:00:00:02 (10.0.0.2), 02:00:00:00:00:04 (10.0.0.4)",
  );
  assert.match(
    of({ here: "eth0", macs: [MASTER] }, [OWN]) ?? "",
    /^fail: .* 2 places: this host \(on eth0\), /,
  );
  assert.match(of({ macs: [VMAC, MASTER] }) ?? "", /\(the virtual MAC address\)/);
});

test("who is known over IPv6 is not named for an address of IPv4, though its MAC address is the same", () => {
  const other = speaker({ family: 6, source: "fe80::4", mac: "02:00:00:00:00:04" });
  assert.match(
    of({ macs: [MASTER, "02:00:00:00:00:04"] }, [speaker(), other]) ?? "",
    / 02:00:00:00:00:02 \(10\.0\.0\.2\), 02:00:00:00:00:04$/,
  );
});

test("a host whose own router may be master is not told to give the address away", () => {
  const holding = { family: 4, vrid: 51, ip: "10.0.0.100", macs: [], here: "eth0" } as const;
  const addresses = [addressFact("10.0.0.3/24"), addressFact("10.0.0.100/24")];
  const lines = (router: boolean, more: Partial<HoldingFact> = {}, found = addresses) =>
    fixes(
      holderFindings(
        doctorFacts({
          holdings: [{ ...holding, ...more }],
          addresses: found,
          routerHere: { 4: router, 6: false },
        }),
      ),
    );
  assert.deepEqual(lines(false), ["ip address del 10.0.0.100/24 dev eth0"]);
  for (const line of lines(true)) assert.match(line, /^# /);
  assert.match(lines(false, { here: "lo" }, [])[0] ?? "", /^# unless it is meant to be there: /);
  const beside = { macs: [MASTER] };
  assert.deepEqual(lines(false, beside), ["ip address del 10.0.0.100/24 dev eth0"]);
  for (const line of lines(true, beside)) assert.match(line, /^# /);
});

test("a master with the virtual MAC address whose interface below answers", () => {
  const virtual = speaker({ mac: VMAC });
  assert.match(
    of({ macs: [MASTER] }, [virtual]) ?? "",
    /^warn: .* although its master .* advertises with the virtual MAC/,
  );
});

test("of two masters it is enough that one has it; without any VRID there is none to compare", () => {
  assert.match(of({ macs: ["02:00:00:00:00:04"] }, [speaker(), otherSpeaker()]) ?? "", /^ok/);
  assert.match(
    of({ vrid: null, macs: ["02:00:00:00:00:09"] }) ?? "",
    /^ok: 10\.0\.0\.100 is at 02:00:00:00:00:09$/,
  );
});

test("those that are well are told in one line", () => {
  const one = { family: 4, vrid: 51, macs: [MASTER], here: null } as const;
  const holdings = ["10.0.0.100", "10.0.0.101"].map((ip) => ({ ...one, ip }));
  assert.equal(holderFindings(doctorFacts({ holdings })).length, 1);
  assert.match(told(holderFindings(doctorFacts()))[0] ?? "", /^skip/);
});
