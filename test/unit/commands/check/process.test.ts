import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const ports = new FakePorts();
ports.table.start(10, "/usr/bin/python3", "/srv/app.py", "-v");
ports.table.start(11, "worker");
ports.table.start(12, "worker");
const run = (...words: string[]) => runInProcess(["check", "process", ...words], { ports });
const statusOf = async (...words: string[]) => (await run(...words)).exitCode;

test("the exit status follows the number of instances", async () => {
  assert.equal(await statusOf("worker"), 0);
  assert.equal(await statusOf("worker", "absent"), 1);
  assert.equal(await statusOf("--min", "3", "worker"), 1);
  assert.equal(await statusOf("--max", "1", "worker"), 1);
  assert.equal(await statusOf("--min", "3", "--max", "2", "worker"), 2);
  assert.equal(await statusOf(), 2);
  ports.table.isPartial = true;
  assert.equal(await statusOf("absent"), 2);
  ports.table.isPartial = false;
});

test("arguments are compared exactly unless it is said otherwise", async () => {
  assert.equal(await statusOf("python3"), 0);
  assert.equal(await statusOf("python3", "--param", "/srv/app.py"), 1);
  assert.equal(await statusOf("python3", "--param", "/srv/app.py", "--param=-v"), 0);
  const partial = ["--param-match", "partial"];
  assert.equal(await statusOf("python3", "--param", "/srv/app.py", ...partial), 0);
  assert.equal(await statusOf("python3", "--param", "/srv/", "--param-match", "initial"), 0);
  assert.equal(await statusOf("worker", "--param-match", "exact"), 0);
  assert.equal(await statusOf("--full", "/usr/bin/python3"), 0);
});

test("the pids are facts", async () => {
  const { stdout } = await run("-j", "worker");
  assert.deepEqual(JSON.parse(stdout).facts, { instances: 2, pids: [11, 12] });
});
