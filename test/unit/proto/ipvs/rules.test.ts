import assert from "node:assert/strict";
import { test } from "node:test";
import { flawsOf } from "../../../../src/proto/ipvs/rules.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

test("flaws come in the order of the table, each with its subject", () => {
  const destinations = [destinationTo("10.1.0.1:80", { lowerThreshold: 1 })];
  const table = tableOf([
    { service: serviceAt("tcp 10.0.0.1:0"), destinations },
    { service: serviceAt("tcp 10.0.0.2:80"), destinations: [] },
    { service: serviceAt("fwmark 5", { scheduler: "" }), destinations: [] },
  ]);
  assert.deepEqual(
    flawsOf(table).map(({ code, severity, subject }) => `${severity} ${code}: ${subject}`),
    [
      "warning port-zero: tcp 10.0.0.1:0",
      "error thresholds: 10.1.0.1:80 of tcp 10.0.0.1:0",
      "error scheduler-name: fwmark 5",
    ],
  );
});

test("a destination that is there twice is told once", () => {
  const one = destinationTo("10.1.0.1:80");
  const table = tableOf([{ service: serviceAt("fwmark 5"), destinations: [one, one] }]);
  assert.deepEqual(
    flawsOf(table).map(({ code }) => code),
    ["destination-twice"],
  );
});
