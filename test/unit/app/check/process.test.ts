import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { parseProcessTarget, processProber } from "../../../../src/app/check/process.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const pattern = { isFull: false, parameters: undefined, match: "exact" } as const;
const quorum = { min: 1, max: Number.POSITIVE_INFINITY };

function setUp(given = {}) {
  const ports = new FakePorts();
  const prober = processProber({ pattern: { ...pattern, ...given }, quorum }, ports);
  const { signal } = new AbortController();
  const check = (name: string) => attempt(prober, { name }, 1000, ports.clock, signal);
  return { ports, prober, check };
}

test("instances are counted, this process is not one", async () => {
  const { ports, check } = setUp();
  ports.table.start(10, "/usr/sbin/nginx", "-g", "x");
  ports.table.start(11, "nginx");
  ports.table.start(ports.pid, "vipkit");
  assert.deepEqual((await check("nginx")).facts, { instances: 2, pids: [10, 11] });
  assert.equal((await check("vipkit")).class, "PROCERR");
});

test("arguments and the whole first word are looked at where they matter", async () => {
  const { ports, check } = setUp({ isFull: true, parameters: ["-g"], match: "partial" });
  ports.table.start(10, "/usr/sbin/nginx", "-g", "x");
  assert.equal((await check("/usr/sbin/nginx")).verdict, "up");
  assert.equal((await check("nginx")).verdict, "down");
});

test("a change is told when it can change the answer", async () => {
  const { ports, prober, check } = setUp();
  ports.table.start(10, "nginx");
  await check("nginx");
  let changes = 0;
  const watch = prober.changes?.(() => {
    changes += 1;
  });
  const { table } = ports;
  table.tell({ kind: "ended", pid: 9 });
  table.tell({ kind: "started", pid: 12, parentPid: 9 });
  assert.equal(changes, 0);
  table.tell({ kind: "ended", pid: 10 });
  table.tell({ kind: "started", pid: 12, parentPid: 10 });
  table.tell({ kind: "renamed", pid: 9 });
  table.tell({ kind: "lost" });
  assert.equal(changes, 4);
  watch?.close();
  assert.equal(table.watching, 0);
});

test("a name is any text that a program can have", () => {
  assert.deepEqual(parseProcessTarget("a b"), [{ name: "a b" }]);
  for (const none of ["", "a\0"]) assert.equal(parseProcessTarget(none), "is no name of a program");
});
