import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose, moduleFinding } from "../../../../../src/proto/ipvs/doctor/diagnose.ts";
import { told } from "../../../../support/doctor.ts";
import { answerFact, directTo, ipvsFacts, virtual } from "../../../../support/ipvs-facts.ts";

test("an empty table is no failure, and nothing is judged by it", () => {
  const settings = { "net/ipv4/vs/expire_nodest_conn": "0" };
  assert.deepEqual(told(diagnose(ipvsFacts([], { settings }))), [
    "skip: the table is empty: what the settings do depends on what is in it",
  ]);
});

test("the checks in their order", () => {
  const settings = { "net/ipv4/vs/expire_nodest_conn": "1" };
  const services = [
    virtual("tcp 192.0.2.1:80"),
    virtual("tcp 192.0.2.1:81", [directTo("10.0.0.11:81")]),
  ];
  const facts = ipvsFacts(services, { settings, answers: [answerFact()] });
  assert.deepEqual(
    diagnose(facts).map(({ check }) => check),
    ["service", "route", "forward", "sysctl", "arp"],
  );
});

test("a kernel without the module: the line that loads it, and the one for each boot", () => {
  assert.deepEqual(moduleFinding.fix, [
    "modprobe ip_vs",
    "echo ip_vs >/etc/modules-load.d/ipvs.conf",
  ]);
});
