/** What a journal that was really written tells of the day before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { earlierStates } from "../../../../../src/app/ha/web/earlier.ts";
import { FakeHa } from "../../../../support/fake-ha.ts";

test("states and the end of an ha up are there, what is older than wanted is not", async () => {
  const ha = await FakeHa.up();
  const { clock, files } = ha.ports;
  await clock.pass(1000);
  await ha.run("failover", "VI_3");
  const down = ha.run("down");
  await ha.ended;
  await down;
  const { signal } = new AbortController();
  const read = (sinceMs: number) => earlierStates("/state/ha.journal", sinceMs, files, signal);
  const own = (await read(0)).filter((one) => (one.instance ?? "VI_3") === "VI_3");
  assert.deepEqual(own.map(({ state }) => state).slice(-3), ["master", "backup", null]);
  assert.deepEqual(await read(clock.wallMs() + 1), []);
});

test("without a journal nothing is known", async () => {
  const { ports } = await FakeHa.up();
  const { signal } = new AbortController();
  assert.deepEqual(await earlierStates("/none/ha.journal", 0, ports.files, signal), []);
});
