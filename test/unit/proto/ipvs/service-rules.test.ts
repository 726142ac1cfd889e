import assert from "node:assert/strict";
import { test } from "node:test";
import { flawsOf } from "../../../../src/proto/ipvs/rules.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { serviceAt } from "../../../support/ipvs.ts";
import { SERVICE_CASES } from "../../../support/ipvs-rule-cases.ts";

test("each rule about a service", () => {
  for (const [code, ...service] of SERVICE_CASES) {
    const table = tableOf([{ service: serviceAt(...service), destinations: [] }]);
    const told = flawsOf(table).map((flaw) => flaw.code);
    assert.deepEqual(told, code === "" ? [] : [code], JSON.stringify(service));
  }
});

test("a scheduler that only another kernel has may be meant", () => {
  const service = serviceAt("tcp 10.0.0.1:80", { scheduler: "x".repeat(15) });
  assert.deepEqual(flawsOf(tableOf([{ service, destinations: [] }])), []);
});
