import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceOfStep, stepSubject } from "../../../../src/proto/ipvs/step.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const SERVICE = serviceAt("fwmark 5 inet6");

test("a step of a destination names it with its service, and needs that", () => {
  const step = {
    kind: "add-destination",
    id: SERVICE.id,
    destination: destinationTo("[2001:db8::1]:80"),
  } as const;
  assert.equal(stepSubject(step), "[2001:db8::1]:80 of fwmark 5 inet6");
  assert.equal(serviceOfStep(step), "fwmark 5 inet6");
});

test("a step of a service needs none before it", () => {
  assert.equal(serviceOfStep({ kind: "add-service", service: SERVICE }), undefined);
});
