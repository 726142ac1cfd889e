/** What the checks have found: what is told as a change, what outlives their process, what a reload forgets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackedNews } from "../../../../../../src/app/ha/up/messages.ts";
import { Found } from "../../../../../../src/app/ha/up/parent/found.ts";
import { planChanges } from "../../../../../../src/app/ha/up/plan/plan-changes.ts";
import { haPlan, plannedScript } from "../../../../../support/ha-plan.ts";

const news = (name: string, state: TrackedNews["state"]): TrackedNews => ({
  kind: "script",
  name,
  state,
});

test("a thing is another way when its state is, and at first when it has one", () => {
  const found = new Found();
  assert.equal(found.note(news("chk", "unknown")), false);
  assert.equal(found.note(news("chk", "up")), true);
  assert.equal(found.note(news("chk", "up")), false);
  assert.equal(
    found.note({ ...news("chk", "up"), kind: "file" }),
    true,
    "another kind of its name",
  );
  assert.equal(found.note(news("chk", "down")), true);
  assert.deepEqual(found.tracked, [news("chk", "down"), { ...news("chk", "up"), kind: "file" }]);
});

test("what a reload takes out is known no more, and what goes on is", () => {
  const found = new Found();
  for (const name of ["stays", "goes"]) found.note(news(name, "up"));
  found.note({ ...news("goes", "up"), kind: "file" });
  const former = haPlan({
    scripts: [plannedScript({ name: "stays" }), plannedScript({ name: "goes" })],
  });
  const next = haPlan({ scripts: [plannedScript({ name: "stays" })] });
  found.forget(planChanges(former, next));
  assert.deepEqual(found.tracked, [news("stays", "up"), { ...news("goes", "up"), kind: "file" }]);
});

test("of servers the last that was found is kept, of each check by itself", () => {
  const found = new Found();
  const known = (checks: [string, object][], quorums: [string, boolean][]) =>
    ({
      events: [],
      forgotten: [],
      known: { checks: new Map(checks), quorums: new Map(quorums) },
    }) as never;
  found.noteServers(known([["a", { n: 1 }]], [["v", true]]));
  found.noteServers(known([["b", { n: 2 }]], [["v", false]]));
  assert.deepEqual([...found.servers.checks.keys()], ["a", "b"]);
  assert.deepEqual([...found.servers.quorums], [["v", false]]);
});

test("of servers that are checked no more nothing is kept, however often they change", () => {
  const found = new Found();
  const up = { state: "up", points: 0 } as const;
  const known = {
    checks: new Map(["v\nstays", "v\ngoes"].map((key) => [key, up])),
    quorums: new Map(["v", "w"].map((key) => [key, true])),
  };
  found.noteServers({ events: [], known, forgotten: [] });
  const nothing = { checks: new Map(), quorums: new Map() };
  found.noteServers({ events: [], known: nothing, forgotten: ["v\ngoes", "w"] });
  assert.deepEqual([...found.servers.checks.keys()], ["v\nstays"]);
  assert.deepEqual([...found.servers.quorums.keys()], ["v"]);
});
