import assert from "node:assert/strict";
import { test } from "node:test";
import type { SimulatedScript } from "../../../../../src/app/ha/simulate/cluster.ts";
import { EventQueue } from "../../../../../src/app/ha/simulate/event-queue.ts";
import { RunningScript, type ScriptFate } from "../../../../../src/app/ha/simulate/script.ts";

/** When it became what: fates are set at their second. */
function changes(wish: Partial<SimulatedScript>, fates: readonly [number, ScriptFate][]): string[] {
  const queue = new EventQueue();
  const told: string[] = [];
  const script = new RunningScript(
    {
      ...{ name: "chk", intervalMs: 1000, timeoutMs: 1000, rise: 1, fall: 1, initFail: false },
      takesMs: 0,
      ...wish,
    },
    queue,
    () => true,
    ({ state }) => told.push(`${queue.nowMs} ${state}`),
  );
  for (const [atS, fate] of fates) queue.at(atS * 1000, () => Object.assign(script, { fate }));
  queue.runUntil(0);
  script.start();
  queue.runUntil(20_000);
  return told;
}

test("the first result decides at once, later ones after fall or rise in a row", () => {
  const fates: [number, ScriptFate][] = [
    [2.5, "fails"],
    [4.5, "succeeds"], // after two failures only
    [6.5, "fails"],
    [12.5, "succeeds"],
  ];
  assert.deepEqual(changes({ rise: 2, fall: 3 }, fates), ["0 up", "9000 down", "14000 up"]);
  assert.deepEqual(changes({ rise: 2, fall: 3 }, [[0, "fails"]]), ["0 down"]);
});

test("with init_fail it is down until it has risen", () => {
  assert.deepEqual(changes({ rise: 3, initFail: true }, []), ["2000 up"]);
});

test("a run that hangs or takes too long fails at its timeout, and delays the next", () => {
  const fates: [number, ScriptFate][] = [[0.5, "hangs"]];
  assert.deepEqual(changes({ timeoutMs: 2500 }, fates), ["0 up", "3500 down"]);
  assert.deepEqual(changes({ timeoutMs: 2500, fall: 2 }, fates), ["0 up", "6500 down"]);
  assert.deepEqual(changes({ timeoutMs: 800, takesMs: 900 }, []), ["800 down"]);
  assert.deepEqual(changes({ timeoutMs: 800, takesMs: 700 }, []), ["700 up"]);
});
