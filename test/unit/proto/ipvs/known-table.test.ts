/** What is known to be in IPVS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KnownTable } from "../../../../src/proto/ipvs/known-table.ts";
import { planTable } from "../../../../src/proto/ipvs/plan.ts";
import { destinationIn } from "../../../../src/proto/ipvs/real-server.ts";
import { type IpvsTable, tableOf } from "../../../../src/proto/ipvs/table.ts";
import { ipvsService, realServer } from "../../../support/lvs-plan.ts";

const KEY = "tcp 10.0.0.1:80";
const behind = (port: number, weight = 1) =>
  destinationIn(ipvsService().id, realServer(port), weight);
const tableWith = (...ports: readonly number[]): IpvsTable =>
  tableOf([{ service: ipvsService(), destinations: ports.map((port) => behind(port)) }]);

function known(...ports: readonly number[]): KnownTable {
  const table = new KnownTable();
  for (const step of planTable(new Map(), tableWith(...ports), () => true)) table.note(step);
  return table;
}

test("the steps of a plan lead to what it is for", () => {
  const table = known(81, 82);
  assert.deepEqual(table.of([KEY, "fwmark 5"]), tableWith(81, 82));
  const wanted = tableOf([
    { service: ipvsService({ scheduler: "lc" }), destinations: [behind(82, 7), behind(83)] },
  ]);
  for (const step of planTable(table.of([KEY]), wanted, () => true)) table.note(step);
  assert.deepEqual(table.of([KEY]), wanted);
  for (const step of planTable(table.of([KEY]), new Map(), () => true)) table.note(step);
  assert.equal(table.keys.size, 0);
});

test("what has gone is missed once; what others made of the rest is theirs", () => {
  const table = known(81, 82);
  assert.deepEqual(table.miss(KEY, [behind(82, 9), behind(99)]), [
    "10.0.1.1:81 of tcp 10.0.0.1:80",
  ]);
  assert.deepEqual(table.of([KEY]), tableWith(82));
  assert.deepEqual(table.miss(KEY, undefined), [KEY]);
  assert.deepEqual(table.miss(KEY, undefined), []);
});

test("what others made of that which is wanted is met, and nothing else", () => {
  const table = new KnownTable();
  const [wanted] = tableWith(81, 82).values();
  const [actual] = tableWith(82, 99).values();
  if (wanted && actual) table.meet(actual, wanted);
  assert.deepEqual(table.of([KEY]), tableWith(82));
});
