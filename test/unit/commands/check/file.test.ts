import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const ports = new FakePorts();
ports.secretFiles.set("/on", { text: "1\n", mode: 0o644 });
ports.secretFiles.set("/low", { text: "-300", mode: 0o644 });
const run = (...words: string[]) => runInProcess(["check", "file", ...words], { ports });

test("the exit status follows value and weight", async () => {
  assert.equal((await run("/on")).exitCode, 0);
  assert.equal((await run("/low")).exitCode, 1);
  assert.equal((await run("--weight", "0", "/on")).exitCode, 1);
  assert.equal((await run("--weight", "0", "--reverse", "/on")).exitCode, 0);
  assert.equal((await run("/missing")).exitCode, 0);
  assert.equal((await run("--weight", "255", "/on")).exitCode, 2);
  assert.equal((await run()).exitCode, 2);
});

test("value and weight are facts, and several files are one verdict", async () => {
  const { stdout, exitCode } = await run("-j", "--weight", "-7", "/on", "/low");
  const told = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    told.map(({ kind, facts }) => [kind, facts]),
    [
      ["file", { value: 1, weight: -7 }],
      ["file", { value: -300, weight: 253 }],
    ],
  );
  assert.equal(exitCode, 0);
  assert.equal((await run("-q", "/on", "/low", "--at-least", "1")).exitCode, 0);
});
