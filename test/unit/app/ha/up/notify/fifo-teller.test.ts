/** A FIFO that is told of: what comes too early, what is lost, what goes wrong, and its reader. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FifoTeller } from "../../../../../../src/app/ha/up/notify/fifo-teller.ts";
import type { PlannedFifo } from "../../../../../../src/app/ha/up/plan/notify-plan.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import type { Fifo, ProgramOptions, ProgramResult } from "../../../../../../src/io/ports.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";

const READER = { argv: ["/reader"], user: null };

/** A FIFO that takes what `takes` lets it take. */
function tellerOf(changes: Partial<PlannedFifo> = {}) {
  const lines: string[] = [];
  const troubles: string[] = [];
  const runs: ProgramOptions[] = [];
  const outside = {
    isOpen: false,
    takes: (): boolean => true,
    end: (_result: ProgramResult): void => {},
    opened: async (fifo: Fifo): Promise<Fifo> => fifo,
  };
  const fifo: Fifo = {
    write: (line) => {
      const isTaken = outside.takes();
      if (isTaken) lines.push(line);
      return isTaken;
    },
    close: () => {
      outside.isOpen = false;
    },
  };
  const ports = {
    openFifo: () => {
      outside.isOpen = true;
      return outside.opened(fifo);
    },
    runProgram: (options: ProgramOptions) => {
      runs.push(options);
      return new Promise<ProgramResult>((resolve) => {
        outside.end = resolve;
      });
    },
  };
  const planned = {
    of: "all" as const,
    path: "/run/x",
    mode: 0o600,
    owner: null,
    reader: null,
    ...changes,
  };
  const teller = new FifoTeller(planned, ports, (line) => troubles.push(line));
  return { teller, outside, lines, troubles, runs };
}

test("what is told before it is open comes first, the oldest thousand of it", async () => {
  const { teller, lines } = tellerOf();
  for (let n = 0; n < 1001; n++) teller.tell(`${n}`);
  await teller.open();
  teller.tell("behind");
  assert.equal(lines.length, 1001);
  assert.deepEqual(lines.slice(-2), ["999", "behind"]);
});

test("one that cannot be made is told, has no reader, and takes no line with it", async () => {
  const { teller, outside, troubles, runs } = tellerOf({ reader: READER });
  outside.opened = () => Promise.reject(new SystemError("mkfifo", "/run/x", "EACCES"));
  await teller.open();
  teller.tell("a");
  assert.deepEqual(troubles, ["mkfifo /run/x: EACCES: nothing is written to it"]);
  assert.equal(runs.length, 0);
});

test("one that opens after the end is closed at once", async () => {
  const { teller, outside, lines, runs } = tellerOf({ reader: READER });
  const opening = teller.open();
  teller.tell("a");
  teller.close();
  await opening;
  assert.deepEqual([outside.isOpen, lines, runs.length], [false, [], 0]);
});

test("that it is full is told once, and how many lines were lost when it is read again", async () => {
  const { teller, outside, troubles } = tellerOf();
  await teller.open();
  for (const isTaken of [false, false, true, true, false]) {
    outside.takes = () => isTaken;
    teller.tell("a");
  }
  assert.deepEqual(troubles, [
    "/run/x is full, for nobody reads it: lines are lost",
    "/run/x is read again: 2 lines were lost",
    "/run/x is full, for nobody reads it: lines are lost",
  ]);
});

test("one that refuses a line is given up, which is told once", async () => {
  const { teller, outside, troubles } = tellerOf();
  await teller.open();
  outside.takes = () => {
    throw new SystemError("write", "/run/x", "EIO");
  };
  teller.tell("a");
  teller.tell("b");
  assert.deepEqual([troubles, outside.isOpen], [["write /run/x: EIO"], false]);
});

test("its reader gets the path behind its words, without a limit, and its end is told", async () => {
  for (const [result, why] of [
    [{ exitCode: 3 }, "exit status 3"],
    [{ signal: "SIGSEGV" }, "ended by SIGSEGV"],
    [{ startError: "ENOENT" }, "ENOENT"],
  ] as const) {
    const { teller, outside, troubles, runs } = tellerOf({ reader: READER });
    const opened = teller.open();
    await new Promise(setImmediate);
    assert.deepEqual([runs[0]?.argv, runs[0]?.limitMs], [["/reader", "/run/x"], Infinity]);
    outside.end({ ...RAN_WELL, ...result });
    await opened;
    assert.deepEqual(troubles, [`/reader no longer reads /run/x: ${why}`]);
  }
});

test("a reader that ends because we do is no trouble", async () => {
  const { teller, outside, troubles, runs } = tellerOf({ reader: READER });
  const opened = teller.open();
  await new Promise(setImmediate);
  teller.close();
  assert.equal(runs[0]?.signal?.aborted, true);
  outside.end({ ...RAN_WELL, signal: "SIGTERM" });
  await opened;
  assert.deepEqual(troubles, []);
});
