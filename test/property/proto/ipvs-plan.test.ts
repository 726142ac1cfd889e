import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { planTable } from "../../../src/proto/ipvs/plan.ts";
import type { IpvsStep } from "../../../src/proto/ipvs/step.ts";
import { destinationKey, serviceKey, tableOf } from "../../../src/proto/ipvs/table.ts";
import { services } from "../../support/ipvs-kernel-tables.ts";
import { IpvsModel } from "../../support/ipvs-model.ts";

/** Two tables, and of each name whether a service of it that is not wanted may go. */
const change = fc.tuple(services, services, fc.func(fc.boolean()));

test("a plan makes the kernel what is wanted, what may not go stays, and then nothing is left to do", () => {
  fc.assert(
    fc.property(change, ([actual, wanted, mayGo]) => {
      const kernel = new IpvsModel(actual);
      const target = tableOf(wanted);
      for (const step of planTable(tableOf(actual), target, mayGo)) kernel.take(step);
      const left = kernel.table();
      for (const [key, { service, destinations }] of left) {
        const one = target.get(key) ?? tableOf(actual).get(key);
        assert.ok(target.has(key) || !mayGo(key), `${key} may go`);
        assert.deepEqual(service, one?.service);
        assert.deepEqual(byKey(destinations), byKey(one?.destinations ?? []));
      }
      for (const key of target.keys()) assert.ok(left.has(key), `${key} is wanted`);
      for (const key of tableOf(actual).keys()) assert.ok(left.has(key) || mayGo(key));
      assert.deepEqual(planTable(left, target, mayGo), []);
    }),
  );
});

test("nothing goes before all has come, and no destination with a weight", () => {
  fc.assert(
    fc.property(change, ([actual, wanted, mayGo]) => {
      const steps = planTable(tableOf(actual), tableOf(wanted), mayGo);
      const order = steps.map(({ kind }) => ORDER[kind]);
      assert.deepEqual(
        order,
        order.toSorted((one, other) => one - other),
      );
      const kernel = new IpvsModel(actual);
      for (const step of steps) {
        if (step.kind === "delete-destination") {
          const there = kernel.table().get(serviceKey(step.id))?.destinations ?? [];
          const key = destinationKey(step.destination);
          assert.equal(there.find((one) => destinationKey(one) === key)?.weight, 0);
        }
        kernel.take(step);
      }
    }),
  );
});

test("no step does what is so already", () => {
  fc.assert(
    fc.property(change, ([actual, wanted, mayGo]) => {
      const kernel = new IpvsModel(actual);
      for (const step of planTable(tableOf(actual), tableOf(wanted), mayGo)) {
        const before = kernel.table();
        kernel.take(step);
        assert.notDeepEqual(kernel.table(), before, step.kind);
      }
    }),
  );
});

const byKey = <T extends Parameters<typeof destinationKey>[0]>(all: readonly T[]) =>
  new Map(all.map((one) => [destinationKey(one), one]));

/** Coming, then without new connections, then gone. */
const ORDER: Record<IpvsStep["kind"], number> = {
  "add-service": 0,
  "set-service": 0,
  "add-destination": 0,
  "set-destination": 0,
  "quiesce-destination": 1,
  "delete-destination": 2,
  "delete-service": 2,
  "set-timeouts": 3,
  "start-daemon": 3,
  "stop-daemon": 3,
};
