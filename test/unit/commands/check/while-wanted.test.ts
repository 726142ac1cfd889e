import assert from "node:assert/strict";
import { test } from "node:test";
import { whileWanted } from "../../../../src/commands/check/while-wanted.ts";
import type { Context } from "../../../../src/commands/define.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

/** Work that ends with its signal alone, as `checkAll` does. */
const endless = (signal: AbortSignal) =>
  new Promise<string>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason as Error)),
  );

function wanted() {
  const [stop, broken, ports] = [new AbortController(), new AbortController(), new FakePorts()];
  const ctx = { ports, signal: stop.signal, unread: broken.signal } as unknown as Context;
  return { stop, broken, clock: ports.clock, ctx };
}

test("it ends when its time is over, somebody stops it, or nobody reads it", async () => {
  const { clock, ctx } = wanted();
  assert.equal(await clock.passUntil(whileWanted(500, ctx, endless)), undefined);
  for (const cause of ["stop", "broken"] as const) {
    const { ctx: ours, [cause]: ending } = wanted();
    const running = whileWanted(undefined, ours, endless);
    ending.abort();
    assert.equal(await running, undefined);
  }
});

test("what is done in time is handed on, what fails is no end; no timer is left", async () => {
  const { clock, ctx } = wanted();
  assert.equal(await whileWanted(500, ctx, async () => "done"), "done");
  const failing = whileWanted(500, ctx, async () => {
    throw new TypeError("ours");
  });
  await assert.rejects(failing, TypeError);
  assert.equal(clock.pending, 0);
  const late = whileWanted(500, ctx, (signal) =>
    endless(signal).catch(() => {
      throw new TypeError("while it ends");
    }),
  );
  await assert.rejects(clock.passUntil(late), TypeError);
});

test("no time at all is a mistake", async () => {
  const { ctx } = wanted();
  await assert.rejects(whileWanted(0, ctx, endless), /--deadline 0s: nothing could be asked/);
});
