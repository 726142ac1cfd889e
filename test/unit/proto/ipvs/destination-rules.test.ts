import assert from "node:assert/strict";
import { test } from "node:test";
import { flawsOf } from "../../../../src/proto/ipvs/rules.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";
import { DESTINATION_CASES } from "../../../support/ipvs-rule-cases.ts";

test("each rule about a destination", () => {
  for (const [code, at, more, of = "tcp 10.0.0.1:80"] of DESTINATION_CASES) {
    const destinations = [destinationTo(at, more)];
    const told = flawsOf(tableOf([{ service: serviceAt(of), destinations }]));
    const codes = told.map((flaw) => flaw.code);
    assert.deepEqual(codes, code === "" ? [] : [code], `${at} ${JSON.stringify(more)} ${of}`);
  }
});
