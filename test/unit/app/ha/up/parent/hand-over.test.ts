/** Who hands over: those that a name means, all at once, each with its own answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { handOver, instancesNamed } from "../../../../../../src/app/ha/up/parent/hand-over.ts";
import type { Supervisor } from "../../../../../../src/app/ha/up/parent/supervisor.ts";
import type { VrrpState } from "../../../../../../src/proto/vrrp/facts.ts";
import { haPlan, plannedRouter } from "../../../../../support/ha-plan.ts";

const PLAN = haPlan({
  routers: ["a", "b", "c", "d"].map((name, index) => plannedRouter(index + 1, { name })),
  syncGroups: [
    { name: "g", members: ["c", "a"] },
    { name: "d", members: ["b"] },
  ],
});

test("an instance goes with its whole group, a group with its members, in the order of the file", () => {
  assert.deepEqual(instancesNamed("a", PLAN), ["a", "c"]);
  assert.deepEqual(instancesNamed("g", PLAN), ["a", "c"]);
  assert.deepEqual(instancesNamed("b", PLAN), ["b"]);
  assert.deepEqual(instancesNamed("d", PLAN), ["b", "d"], "an instance, and a group of its name");
  assert.deepEqual(instancesNamed(undefined, PLAN), ["a", "b", "c", "d"]);
  assert.deepEqual(instancesNamed("nobody", PLAN), []);
});

/** @param answers by instance; one that has none does not answer */
function supervised(answers: Readonly<Record<string, object>>) {
  const asked: { instance: string; request: object; limitMs: number }[] = [];
  const ends: (() => void)[] = [];
  const ask = async (
    { instance, request }: { instance: string; request: object },
    limitMs: number,
  ) => {
    asked.push({ instance, request, limitMs });
    await new Promise<void>((resolve) => ends.push(resolve));
    return answers[instance];
  };
  const states = new Map<string, VrrpState>([["a", "master"]]);
  return { asked, ends, supervisor: { states, vrrp: { ask } } as unknown as Supervisor };
}

test("all are asked before any has answered, and the records are in their order", async () => {
  const taken = { state: "backup", to: "10.0.0.2", took_ms: 12 };
  const { asked, ends, supervisor } = supervised({ a: taken, b: { error: "no" } });
  const handed = handOver(["a", "b", "c"], 700, supervisor);
  assert.deepEqual(
    asked.map(({ instance }) => instance),
    ["a", "b", "c"],
  );
  for (const end of ends.reverse()) end();
  const nothing = { state: null, to: null, took_ms: null };
  assert.deepEqual(await handed, [
    { instance: "a", before: "master", ...taken, refusal: null },
    { instance: "b", before: null, ...nothing, refusal: "no" },
    {
      instance: "c",
      before: null,
      ...nothing,
      refusal: "the process of the routers does not answer",
    },
  ]);
});

test("the routers are waited for as long as they may take, and a little longer", async () => {
  const { asked, supervisor } = supervised({});
  void handOver(["a"], 700, supervisor);
  void handOver(["a"], undefined, supervisor);
  assert.deepEqual(
    asked.map(({ request, limitMs }) => [request, limitMs]),
    [
      [{ request: "failover", timeout_ms: 700 }, 1700],
      [{ request: "failover", timeout_ms: null }, 511_000],
    ],
  );
});
