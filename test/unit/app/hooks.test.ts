/** Hooks run in order, one at a time, and a hanging one does not pile up calls without bound. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type HookCall, hookQueue } from "../../../src/app/hooks.ts";
import type { ProgramOptions, ProgramResult } from "../../../src/io/ports.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const ENDED: ProgramResult = { exitCode: 0, signal: null, timedOut: false, startError: null };

const call = (state: string, final = false): HookCall => ({
  argv: ["/bin/notify", "--loud"],
  contract: ["INSTANCE", "VI_1", state, "100"],
  environment: { VIPKIT_STATE: state },
  final,
});

/** A `runProgram` whose programs end when the test says so. */
function controlledPrograms() {
  const started: ProgramOptions[] = [];
  const ends: ((result: ProgramResult) => void)[] = [];
  const runProgram = (options: ProgramOptions): Promise<ProgramResult> => {
    started.push(options);
    return new Promise((resolve) => ends.push(resolve));
  };
  return { clock: new FakeClock(), started, ends, runProgram };
}

test("the next hook starts when the one before has ended, with keepalived's arguments", async () => {
  const programs = controlledPrograms();
  const hooks = hookQueue(programs, () => {});
  hooks.push(call("BACKUP"));
  hooks.push(call("MASTER"));
  assert.deepEqual(
    programs.started.map((options) => options.argv),
    [["/bin/notify", "--loud", "INSTANCE", "VI_1", "BACKUP", "100"]],
  );
  programs.ends[0]?.(ENDED);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(programs.started[1]?.environment.VIPKIT_STATE, "MASTER");
  assert.equal(programs.started[1]?.limitMs, 30_000);
  programs.ends[1]?.(ENDED);
  await hooks.drained();
});

test("a failed, killed or missing hook is told in one line each", async () => {
  const results: ProgramResult[] = [
    { ...ENDED, exitCode: 3 },
    { ...ENDED, exitCode: null, signal: "SIGKILL", timedOut: true },
    { ...ENDED, exitCode: null, startError: "ENOENT" },
    { ...ENDED, exitCode: null, signal: "SIGSEGV" },
    ENDED,
  ];
  const lines: string[] = [];
  const runProgram = async () => results.shift() ?? ENDED;
  const hooks = hookQueue({ clock: new FakeClock(), runProgram }, (line) => lines.push(line));
  for (let n = 0; n < 5; n++) hooks.push(call("BACKUP"));
  await hooks.drained();
  assert.deepEqual(lines, [
    "hook /bin/notify: exit status 3",
    "hook /bin/notify: killed with its process group after 30s",
    "hook /bin/notify: could not be started (ENOENT)",
    "hook /bin/notify: ended by SIGSEGV",
  ]);
});

test("behind a hanging hook the newest calls are kept and the oldest given up", async () => {
  const programs = controlledPrograms();
  const lines: string[] = [];
  const hooks = hookQueue(programs, (line) => lines.push(line));
  for (let n = 0; n < 40; n++) hooks.push(call(`S${n}`));
  assert.equal(lines.length, 7); // one runs, 32 wait
  const seen: (string | undefined)[] = [];
  for (let n = 0; n < programs.started.length; n++) {
    seen.push(programs.started[n]?.environment.VIPKIT_STATE);
    programs.ends[n]?.(ENDED);
    await Promise.resolve();
    await Promise.resolve();
  }
  assert.deepEqual([seen[0], seen[1], seen.at(-1), seen.length], ["S0", "S8", "S39", 33]);
});

test("in a hurry what runs is killed, what waits is dropped, and the final ones have 5 s", async () => {
  const programs = controlledPrograms();
  const lines: string[] = [];
  const hooks = hookQueue(programs, (line) => lines.push(line));
  hooks.push(call("BACKUP"));
  hooks.push(call("MASTER"));
  hooks.hurry();
  hooks.push(call("STOP", true));
  hooks.push(call("STOP", true));
  assert.equal(programs.started[0]?.signal?.aborted, true);
  programs.ends[0]?.({ ...ENDED, exitCode: null, signal: "SIGKILL" });
  await programs.clock.pass(4999);
  assert.equal(programs.started[1]?.environment.VIPKIT_STATE, "STOP");
  assert.equal(programs.started[1]?.signal?.aborted, false);
  await programs.clock.pass(1);
  assert.equal(programs.started[1]?.signal?.aborted, true);
  programs.ends[1]?.({ ...ENDED, exitCode: null, signal: "SIGKILL" });
  await hooks.drained();
  assert.deepEqual([programs.started.length, programs.clock.pending], [2, 0]);
  assert.deepEqual(lines, [
    "hook /bin/notify: given up, the end is urgent",
    "hook /bin/notify: killed with its process group, the end is urgent",
    "hook /bin/notify: given up, the end is urgent",
    "hook /bin/notify: killed with its process group, the end is urgent",
  ]);
});

test("a final hook that runs already may end; nothing is left when nothing was there", async () => {
  const programs = controlledPrograms();
  const hooks = hookQueue(programs, assert.fail);
  hooks.push(call("STOP", true));
  hooks.hurry();
  assert.equal(programs.started[0]?.signal?.aborted, false);
  programs.ends[0]?.(ENDED);
  await hooks.drained();
  const idle = hookQueue(programs, assert.fail);
  idle.hurry();
  await idle.drained();
  assert.equal(programs.clock.pending, 0);
});
