/** Tracked processes: enough of them, for long enough. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TrackedProcess } from "../../../../../../src/app/ha/up/checkers/tracked-process.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

const pattern = { isFull: false, parameters: undefined, match: "exact" } as const;

function setUp({ upMs = 0, downMs = 0, min = 1 }, ports = new FakePorts({ bare: true })) {
  const told: string[] = [];
  const planned = {
    name: "p",
    process: "nginx",
    pattern,
    quorum: { min, max: Number.POSITIVE_INFINITY },
    delays: { upMs, downMs },
  };
  const tracked = new TrackedProcess(planned, ports, {
    onChange: (_, state) => told.push(state),
    onTrouble: (text) => told.push(text),
  });
  tracked.start();
  const start = async (pid: number): Promise<void> => {
    ports.table.start(pid, "nginx");
    ports.table.tell({ kind: "renamed", pid });
    await ports.clock.pass(25);
  };
  const end = async (pid: number): Promise<void> => {
    ports.table.running.splice(0, 1);
    ports.table.tell({ kind: "ended", pid });
    await ports.clock.pass(25);
  };
  return { ports, tracked, told, start, end };
}

test("it is up while its quorum runs", async () => {
  const { ports, tracked, told, start, end } = setUp({ min: 2 });
  await ports.clock.pass(25);
  assert.deepEqual(told, ["down"]);
  await start(10);
  await start(11);
  assert.deepEqual(told, ["down", "up"]);
  await end(10);
  assert.deepEqual(told, ["down", "up", "down"]);
  tracked.close();
  assert.equal(ports.open, 0);
  assert.equal(ports.table.watching, 0);
});

test("what starts or ends counts after its delay, and not when it is undone before", async () => {
  const { ports, tracked, told, start, end } = setUp({ upMs: 1000, downMs: 3000 });
  await start(10);
  await ports.clock.pass(1000);
  assert.deepEqual(told, ["down", "up"]);
  await end(10);
  await ports.clock.pass(2000);
  await start(11);
  await ports.clock.pass(5000);
  assert.deepEqual(told, ["down", "up"]);
  await end(11);
  await ports.clock.pass(3000);
  assert.deepEqual(told, ["down", "up", "down"]);
  tracked.close();
});

test("many events in a moment are one question", async () => {
  const { ports, tracked } = setUp({});
  let asked = 0;
  const list = ports.table.listProcesses;
  Object.assign(ports, {
    listProcesses: (...args: Parameters<typeof list>) => {
      asked += 1;
      return list(...args);
    },
  });
  await ports.clock.pass(25);
  for (let pid = 0; pid < 1000; pid += 1) ports.table.tell({ kind: "renamed", pid });
  await ports.clock.pass(100);
  assert.ok(asked <= 3, `${asked}`);
  tracked.close();
});

test("where events are not told it is asked each second", async () => {
  const ports = new FakePorts({ bare: true });
  Object.assign(ports, {
    watchProcesses: () => {
      throw new SystemError("proc connector", "bind", "EPERM");
    },
  });
  const { tracked, told } = setUp({}, ports);
  await ports.clock.pass(25);
  ports.table.start(10, "nginx");
  await ports.clock.pass(1100);
  assert.match(told[0] ?? "", /asked each second: .*EPERM/);
  assert.deepEqual(told.slice(1), ["down", "up"]);
  tracked.close();
});
