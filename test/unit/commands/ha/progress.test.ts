/** How far a computation is: on a terminal alone, once a second, and never without a look for signals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "../../../../src/commands/define.ts";
import { Progress } from "../../../../src/commands/ha/progress.ts";

function started(columns: number | undefined) {
  const stop = new AbortController();
  const told: string[] = [];
  const rests: number[] = [];
  let nowMs = 0;
  const clock = {
    nowMs: () => nowMs,
    at: (deadlineMs: number, run: () => void) => {
      rests.push(deadlineMs);
      run();
      return () => {};
    },
  };
  const stderr = (line: string): void => void told.push(line);
  const ctx = { ports: { clock }, signal: stop.signal, columns, stderr } as unknown as Context;
  const progress = new Progress(ctx);
  const tell = async (atMs: number): Promise<void> => {
    nowMs = atMs;
    await progress.tell(`at ${atMs}`, (atMs + 1000) / 8000);
  };
  return { told, rests, stop, tell };
}

test("a terminal is told once a second, a pipe nothing", async () => {
  const onTerminal = started(80);
  const onPipe = started(undefined);
  for (const { tell } of [onTerminal, onPipe]) {
    for (const atMs of [0, 400, 1000, 1400, 2000]) await tell(atMs);
  }
  assert.deepEqual(
    [onTerminal.told, onPipe.told],
    [["at 1000, 25.0%, about 3s left", "at 2000, 37.5%, about 4s left"], []],
  );
});

test("it rests often enough for signals to come in, and not at each step", async () => {
  const { rests, stop, tell } = started(undefined);
  for (const atMs of [0, 10, 60, 70, 200]) await tell(atMs);
  assert.deepEqual(rests, [60, 200]);
  stop.abort();
  await assert.rejects(tell(210));
});
