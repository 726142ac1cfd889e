import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../support/fake-programs.ts";

function portsWith(exitCode: number, output = "") {
  const ports = new FakePorts();
  ports.onProgram = async (options) => {
    options.onOutput?.(new TextEncoder().encode(output));
    return { ...RAN_WELL, exitCode };
  };
  return ports;
}

const run = (ports: FakePorts, ...words: string[]) =>
  runInProcess(["check", "exec", ...words], { ports });

test("the exit status is that of the contract, and --no-weight makes it that of others", async () => {
  assert.equal((await run(portsWith(0), "--", "true")).exitCode, 0);
  assert.equal((await run(portsWith(1), "--", "false")).exitCode, 1);
  assert.equal((await run(portsWith(2), "--", "x")).exitCode, 0);
  assert.equal((await run(portsWith(2), "--no-weight", "--", "x")).exitCode, 1);
});

test("words behind -- are the program's, also those that look like options of ours", async () => {
  const ports = portsWith(0);
  const words = ["curl", "--json=1", "-q", "--help", "7"];
  const { exitCode, stdout } = await run(ports, "--", ...words);
  assert.deepEqual([exitCode, ports.programs[0]?.argv], [0, words]);
  assert.match(stdout, /^curl .*UP {2}PROCOK/);
  const refused = await run(ports, "--user", "nobody", "--", "curl", "--json");
  assert.match(refused.stderr, /^vipkit check exec: /); // an error as text
});

test("what is refused of a program's words without -- is told how to be written", async () => {
  for (const words of [
    ["sh", "-c", "exit 1"],
    ["curl", "--fail", "x"],
  ])
    assert.match((await run(portsWith(0), ...words)).stderr, /belongs to the program\? Put --/);
  assert.doesNotMatch((await run(portsWith(0), "-c", "x", "--", "a")).stderr, /Put --/);
});

test("output is told on request, without what a terminal would obey; in JSON always", async () => {
  const output = "first\x1b[2J\nlast\n";
  const told = await run(portsWith(1, output), "--output", "--", "x");
  assert.match(told.stdout, /exit status 1: last\n {2}\| first\\x1b\[2J\n {2}\| last\n$/);
  const quiet = await run(portsWith(1, output), "--output", "-q", "--", "x");
  assert.deepEqual([quiet.stdout, quiet.exitCode], ["", 1]);
  const json = await run(portsWith(3, output), "-j", "--", "x");
  assert.ok(!json.stdout.includes("\x1b"));
  const { kind, facts } = JSON.parse(json.stdout);
  assert.deepEqual([kind, facts], ["exec", { exit_status: 3, weight: 1, output }]);
});

test("whom it is to run as is found before it is run; who is unknown, or no root, is 2", async () => {
  const ports = portsWith(0);
  ports.files.contents.set("/etc/passwd", new TextEncoder().encode("web:x:33:34::/:\n"));
  await run(ports, "--user", "web", "--", "x");
  assert.deepEqual(ports.programs[0]?.user, { uid: 33, gid: 34 });
  assert.equal((await run(ports, "--user", "nobody", "--", "x")).exitCode, 2);
  ports.onProgram = async () => ({ ...RAN_WELL, exitCode: null, startError: "EPERM" });
  const refused = await run(ports, "--user", "web", "--", "x");
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stdout, /needs root/);
});

test("no program is a mistake, not a service that is down", async () => {
  assert.equal((await run(portsWith(0))).exitCode, 2);
});
