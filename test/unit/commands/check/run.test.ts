import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../support/fake-programs.ts";

function portsWith(text: string) {
  const ports = new FakePorts();
  ports.files.contents.set("c.yaml", new TextEncoder().encode(text));
  ports.secretFiles.set("/on", { text: "1", mode: 0o644 });
  ports.onProgram = async ({ argv }) => ({ ...RAN_WELL, exitCode: Number(argv[1] ?? 0) });
  return ports;
}

const run = (ports: FakePorts, ...words: string[]) =>
  runInProcess(["check", "run", "-f", "c.yaml", ...words], { ports });
const statusOf = async (text: string) => (await run(portsWith(text), "-q")).exitCode;

const MIXED = [
  "- {kind: exec, target: [probe]}",
  "- {name: switch, kind: file, targets: [/on, /off], weight: 0, at-least: 1}",
].join("\n");

test("checks of mixed kinds are one report with one exit status", async () => {
  const { stdout, stderr, exitCode } = await run(portsWith(MIXED), "--sort");
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0] ?? "", /^exec: probe {2}UP {2}PROCOK/);
  assert.match(lines[1] ?? "", /^switch: \/on {2}DOWN {2}L7STS/);
  assert.match(lines[2] ?? "", /^switch: \/off {2}UP {2}L7OK/);
  assert.match(stderr, /^3 targets: 2 up, 1 down/);
  assert.equal(exitCode, 0, "one of two was enough");
});

test("one check that is down decides, before what could not be found out", async () => {
  const [up, down] = ["[p]", "[p, 1]"].map((words) => `- {kind: exec, target: ${words}}\n`);
  assert.equal(await statusOf(`${up}${up}`), 0);
  assert.equal(await statusOf(`${up}${down}`), 1);
  for (const empty of ["", "[]", "- {kind: exec}", "- {kind: run, target: c.yaml}"])
    assert.equal(await statusOf(empty), 2, empty);
});

test("nothing is begun where the file has a mistake", async () => {
  const ports = portsWith(`${MIXED}\n- {kind: exec, target: [x], timeout: 0s}`);
  const { exitCode, stderr, stdout } = await run(ports);
  assert.deepEqual([exitCode, stdout, ports.programs.length], [2, "", 0]);
  assert.match(stderr, /c\.yaml:3:38: --timeout 0s/);
  const other = await run(portsWith("- {kind: exec,\n   target: [x], retry: -1}"));
  assert.match(other.stderr, /c\.yaml:2:24: --retry "-1" is not within/);
});

test("JSON has kind, name and place of each, JUnit is written beside", async () => {
  const ports = portsWith(MIXED);
  const { stdout } = await run(ports, "-j", "--junit", "out.xml");
  const told = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    told.map(({ kind, name, target, verdict }) => [kind, name, target, verdict]).sort(),
    [
      ["exec", null, "probe", "up"],
      ["file", "switch", "/off", "up"],
      ["file", "switch", "/on", "down"],
    ],
  );
  const xml = new TextDecoder().decode(ports.files.contents.get("out.xml"));
  const alive = '<testsuite name="switch" tests="2" failures="0" errors="0" skipped="1"';
  assert.ok(xml.includes(alive), "one of two was enough, as for the exit status");
  assert.match((await run(ports, "--junit", "-")).stderr, /--junit "-" is no file/);
  ports.files.refuse = "ENOSPC";
  const up = await run(ports, "--junit", "out.xml");
  assert.deepEqual([up.exitCode, /out\.xml: ENOSPC/.test(up.stderr)], [2, true]);
  const dead = portsWith("- {kind: exec, target: [p, 1]}");
  dead.files.refuse = "ENOSPC";
  const down = await run(dead, "--junit", "out.xml");
  assert.deepEqual([down.exitCode, /out\.xml: ENOSPC/.test(down.stderr)], [1, true]);
});

test("the deadline of the run ends it: what was not checked could not be found out", async () => {
  const one = "- {kind: exec, target: [p], timeout: 60s}\n";
  const ports = portsWith(`${one}${one}`);
  ports.onProgram = () => new Promise(() => {});
  const ran = run(ports, "-w", "5s", "--concurrency", "1", "--junit", "out.xml");
  while (ports.programs.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await ports.clock.pass(5000);
  const { exitCode, stdout, stderr } = await ran;
  assert.equal(exitCode, 2);
  assert.match(stdout, /^exec: p {2}UNKNOWN {2}UNK {2}- {2}no check of it came to its end$/m);
  assert.match(stderr, /1 unknown, 1 not checked/);
  const xml = new TextDecoder().decode(ports.files.contents.get("out.xml"));
  assert.equal(xml.match(/<testcase [^>]*><error type="UNK"/g)?.length, 2);
  assert.equal(ports.programs[0]?.signal?.aborted, true);
});

test("a signal is told as shells tell it", async () => {
  const stop = new AbortController();
  const ports = portsWith("- {kind: exec, target: [hang]}");
  ports.onProgram = async () => {
    stop.abort();
    return RAN_WELL;
  };
  const ran = await runInProcess(["check", "run", "-f", "c.yaml"], {
    ports,
    stop,
    interruptedBy: "SIGINT",
  });
  assert.equal(ran.exitCode, 130);
  assert.match(ran.stderr, /1 unknown/);
});
