/** How long a link has to be up or down: as it is written, unless a MASTER would learn of it too late. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkDelaysOf } from "../../../../../../src/app/ha/up/plan/link-delays-of.ts";
import { effective, instance } from "../../../../../support/effective.ts";

function delays(written: string, ...instances: readonly string[]) {
  const { configuration, vrrp } = effective(
    `interface_up_down_delays {; ${written}; }; ${instances.join("; ")}`,
  );
  return linkDelaysOf(configuration, vrrp.instances);
}

test("each interface has its own, also one that no router is on", () => {
  assert.deepEqual(
    [...delays("eth0 0.5 1.5; eth9 7 8", instance(""))],
    [
      ["eth0", { upMs: 1500, downMs: 500 }],
      ["eth9", { upMs: 8000, downMs: 7000 }],
    ],
  );
  assert.deepEqual([...delays("eth0 2")], [["eth0", { upMs: 0, downMs: 2000 }]]);
});

test("a link counts as down before peers take over, however long it is to wait", () => {
  const downMs = (...instances: string[]) => delays("eth0 7 8", ...instances).get("eth0")?.downMs;
  const skewMs = 1000 / 256;
  assert.equal(downMs(instance("")), 2000 - skewMs);
  assert.equal(downMs(instance("down_timer_adverts 5")), 4000 - skewMs);
  assert.equal(downMs(instance("down_timer_adverts 1")), 0);
  const slower = instance("advert_int 2", "w", 6, "10.0.0.6");
  assert.equal(downMs(slower, instance("")), 2000 - skewMs, "the fastest of them counts");
});

test("what comes up may wait as long as it is told to", () => {
  assert.equal(delays("eth0 1 60", instance("")).get("eth0")?.upMs, 60_000);
});
