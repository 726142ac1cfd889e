import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { execProber } from "../../../../src/app/check/exec.ts";
import type { ProgramOptions } from "../../../../src/io/ports.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../support/fake-programs.ts";

const plan = { user: undefined, isWeighted: true };
const argv = ["probe", "it's"];
const printing = (options: ProgramOptions, text: string) =>
  options.onOutput?.(new TextEncoder().encode(text));

function setUp() {
  const ports = new FakePorts();
  const prober = execProber(plan, ports);
  const { signal } = new AbortController();
  return { ports, prober, check: () => attempt(prober, argv, 1000, ports.clock, signal) };
}

test("the last line is told, the last 4 KiB are kept, the words stand as they are", async () => {
  const { ports, prober, check } = setUp();
  ports.onProgram = async (options) => {
    printing(options, `${"x".repeat(5000)}\nall is\nlost\n`);
    return { ...RAN_WELL, exitCode: 1 };
  };
  const { verdict, class: code, detail, facts } = await check();
  assert.deepEqual([verdict, code, detail], ["down", "PROCERR", "exit status 1: lost"]);
  assert.equal(String(facts.output).length, 4096);
  assert.deepEqual(ports.programs[0]?.argv, argv);
  assert.equal(prober.nameOf(argv), String.raw`probe 'it'\''s'`);
});

test("no end in time is PROCTOUT, with what was printed until then, and the program is told", async () => {
  const { ports, check } = setUp();
  ports.onProgram = async (options) => {
    printing(options, "connecting");
    return await new Promise(() => {});
  };
  const checked = check();
  await ports.clock.pass(1000);
  const { verdict, class: code, phase, facts } = await checked;
  assert.deepEqual([verdict, code, phase], ["down", "PROCTOUT", "run"]);
  assert.equal(facts.output, "connecting");
  assert.equal(ports.programs[0]?.signal?.aborted, true);
});

test("a program is not started while its last run has not ended", async () => {
  const { ports, check } = setUp();
  let end = () => {};
  ports.onProgram = () =>
    new Promise((resolve) => {
      end = () => resolve({ ...RAN_WELL, exitCode: null, signal: "SIGKILL" });
    });
  const first = check();
  await ports.clock.pass(1000);
  assert.equal((await first).class, "PROCTOUT");
  const second = check();
  await ports.clock.pass(500);
  assert.deepEqual([(await second).verdict, ports.programs.length], ["unknown", 1]);
  end();
  ports.onProgram = async () => RAN_WELL;
  assert.equal((await check()).verdict, "up");
  assert.equal(ports.clock.pending, 0);
});
