import assert from "node:assert/strict";
import { test } from "node:test";
import { explained, isRace, StepRequest } from "../../../../src/app/ipvs/step-request.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import type { IpvsStep } from "../../../../src/proto/ipvs/step.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const SIP = { timeoutS: 300, netmask: 0xffffffff, engine: "sip" };
const SERVICE = serviceAt("udp 192.0.2.1:5060", { scheduler: "foo", persistence: SIP });
const ADD: IpvsStep = { kind: "add-service", service: SERVICE };
const DELETE: IpvsStep = {
  kind: "delete-destination",
  id: SERVICE.id,
  destination: destinationTo("10.0.0.1:5060"),
};

test("ENOENT of a service is its scheduler or its engine, each with its module", () => {
  const { message } = explained(
    new StepRequest(ADD),
    new SystemError("ipvs add-service", "x", "ENOENT"),
  );
  assert.match(message, /modprobe ip_vs_foo\b.*modprobe ip_vs_pe_sip\b/);
});

test("who finds deleted what it was to delete was in a race; who lacks a scheduler was not", () => {
  assert.equal(isRace(DELETE, "ENOENT"), true);
  assert.equal(isRace(DELETE, "EPERM"), false);
  assert.equal(isRace(ADD, "EEXIST"), true);
  assert.equal(isRace(ADD, "ENOENT"), false);
});
