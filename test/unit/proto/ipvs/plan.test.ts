import assert from "node:assert/strict";
import { test } from "node:test";
import { planTable } from "../../../../src/proto/ipvs/plan.ts";
import { type IpvsStep, stepSubject } from "../../../../src/proto/ipvs/step.ts";
import { type IpvsTable, tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const WEB = "tcp 192.0.2.1:80";
const DNS = "udp 192.0.2.1:53";
const [A, B, C] = ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"] as const;

/** Services by their keys, each with the weights of its destinations. */
const table = (services: Record<string, Record<string, number>>): IpvsTable =>
  tableOf(
    Object.entries(services).map(([key, weights]) => ({
      service: serviceAt(key),
      destinations: Object.entries(weights).map(([at, weight]) => destinationTo(at, { weight })),
    })),
  );

const planned = (actual: IpvsTable, wanted: IpvsTable, mayGo = true) =>
  planTable(actual, wanted, () => mayGo).map(
    (step: IpvsStep) => `${step.kind} ${stepSubject(step)}`,
  );

test("an empty table gets its services, each before its destinations", () => {
  assert.deepEqual(planned(table({}), table({ [WEB]: { [A]: 1, [B]: 1 }, [DNS]: {} })), [
    `add-service ${WEB}`,
    ...[`add-destination ${A} of ${WEB}`, `add-destination ${B} of ${WEB}`],
    `add-service ${DNS}`,
  ]);
});

test("a server that takes another's place is there before the other's weight is 0, and then goes", () => {
  const [actual, wanted] = [
    table({ [WEB]: { [A]: 1, [B]: 1 } }),
    table({ [WEB]: { [B]: 1, [C]: 1 } }),
  ];
  assert.deepEqual(planned(actual, wanted), [
    `add-destination ${C} of ${WEB}`,
    `quiesce-destination ${A} of ${WEB}`,
    `delete-destination ${A} of ${WEB}`,
  ]);
});

test("one that has no weight just goes", () => {
  const steps = planned(table({ [WEB]: { [A]: 0 } }), table({ [WEB]: {} }));
  assert.deepEqual(steps, [`delete-destination ${A} of ${WEB}`]);
});

test("another weight is one step, and so is another scheduler: connections and servers stay", () => {
  const actual = table({ [WEB]: { [A]: 1, [B]: 1 } });
  assert.deepEqual(planned(actual, table({ [WEB]: { [A]: 1, [B]: 2 } })), [
    `set-destination ${B} of ${WEB}`,
  ]);
  const wanted = tableOf([
    {
      service: serviceAt(WEB, { scheduler: "rr" }),
      destinations: actual.get(WEB)?.destinations ?? [],
    },
  ]);
  assert.deepEqual(planned(actual, wanted), [`set-service ${WEB}`]);
});

test("of a service that goes whole no server is told before", () => {
  assert.deepEqual(planned(table({ [WEB]: { [A]: 1 } }), table({})), [`delete-service ${WEB}`]);
});

test("a service that may not go stays, its servers too", () => {
  assert.deepEqual(planned(table({ [WEB]: { [A]: 1 } }), table({}), false), []);
});

test("the order of servers is none of the kernel's matters", () => {
  const [actual, wanted] = [
    table({ [WEB]: { [A]: 1, [B]: 1 } }),
    table({ [WEB]: { [B]: 1, [A]: 1 } }),
  ];
  assert.deepEqual(planned(actual, wanted), []);
});
