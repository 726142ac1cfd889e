/** A `vipkit check` of a vrrp_script runs in this process and ends as the program would. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { dispatch } from "../../../../src/commands/dispatch.ts";
import { runningOwnChecks } from "../../../../src/commands/ha/own-checks.ts";
import type { ProgramOptions, ProgramResult } from "../../../../src/io/ports.ts";
import { checkHost } from "../../../support/check-cli.ts";
import { runInProcess } from "../../../support/cli.ts";
import type { FakePorts } from "../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../support/fake-programs.ts";

type Frame = Parameters<typeof runningOwnChecks>[0];

/** Commands are loaded from files at their first use, which takes no virtual time. */
before(async () => {
  for (const line of ["tcp 10.0.0.1:80 --metrics /m", "tcp 10.0.0.1:0", "exec -- /bin/true"])
    await runInProcess(["check", ...line.split(" ")], { ports: checkHost() });
});

function begin(
  line: string,
  more: Partial<ProgramOptions> = {},
  ports: FakePorts = checkHost(),
  run: Frame["dispatch"] = dispatch,
) {
  const printed: string[] = [];
  const result = runningOwnChecks({ ports, dispatch: run })({
    argv: line.split(" "),
    environment: {},
    limitMs: 2000,
    onOutput: (bytes) => printed.push(new TextDecoder().decode(bytes)),
    ...more,
  });
  return { ports, printed, result };
}

async function ran(...given: Parameters<typeof begin>) {
  const { ports, printed, result } = begin(...given);
  const ended: ProgramResult = await ports.clock.passUntil(result);
  return { ended, printed: printed.join(""), forks: ports.programs.length, ports };
}

test("it ends with the status of the program, prints its lines, and starts no process", async () => {
  const up = await ran("/usr/bin/vipkit check tcp 10.0.0.1:80");
  assert.deepEqual([up.ended, up.forks], [RAN_WELL, 0]);
  assert.match(up.printed, /^10\.0\.0\.1:80 {2}UP {2}L4OK .* connected\n$/);
  assert.equal((await ran("vipkit check tcp 10.0.0.5:80")).ended.exitCode, 1);
  const wrong = await ran("vipkit check tcp 10.0.0.1:0");
  assert.deepEqual([wrong.ended.exitCode, wrong.forks], [2, 0]);
  assert.match(wrong.printed, /^vipkit check tcp: /);
  assert.equal((await ran("vipkit check what 10.0.0.1:80")).ended.exitCode, 2);
});

test("one that has not ended at its limit is aborted, and leaves nothing behind", async () => {
  const { ended, printed, ports } = await ran("vipkit check tcp 10.0.0.8:80 -t 1h");
  assert.deepEqual(ended, { ...RAN_WELL, exitCode: null, signal: "SIGKILL", timedOut: true });
  assert.equal(ports.clock.nowMs(), 1_002_000);
  await ports.clock.pass(0);
  assert.deepEqual([printed, ports.open], ["", 0]);
});

test("nobody waits for one that cannot be aborted, or hears of it again", async () => {
  let say = (): void => {};
  const { ended, printed, ports } = await ran(
    "vipkit check tcp x",
    {},
    checkHost(),
    (_, outside) => {
      say = () => outside.stdout("late");
      return new Promise(() => {});
    },
  );
  say();
  assert.deepEqual([ended.timedOut, printed, ports.open], [true, "", 0]);
});

test("it is aborted when its script is stopped, also before it began", async () => {
  const stop = new AbortController();
  const { result } = begin("vipkit check tcp 10.0.0.8:80", { signal: stop.signal });
  stop.abort();
  const killed = { ...RAN_WELL, exitCode: null, signal: "SIGKILL" };
  assert.deepEqual(await result, killed);
  const { printed, ended } = await ran("vipkit check tcp 10.0.0.1:80", { signal: stop.signal });
  assert.deepEqual([ended, printed], [killed, ""]);
});

test("what it is told to write is written, and check exec starts its program", async () => {
  const { ports } = await ran("vipkit check tcp 10.0.0.1:80 --metrics /m/web.prom");
  const written = new TextDecoder().decode(ports.files.contents.get("/m/web.prom"));
  assert.match(written, /10\.0\.0\.1:80/);
  const exec = await ran("vipkit check exec -- /bin/true");
  assert.deepEqual(
    exec.ports.programs.map(({ argv }) => argv),
    [["/bin/true"]],
  );
});

test("as ourselves by name too; as anybody else, in another namespace or without an end it is a program", async () => {
  const line = "vipkit check tcp 10.0.0.1:80";
  assert.equal((await ran(line, { user: { uid: 0, gid: 0 } })).forks, 0);
  assert.equal((await ran(line, { user: { uid: 0, gid: 7 } })).forks, 1);
  for (const other of [
    `${line} --netns blue`,
    `${line} --netns=blue`,
    `${line} --watch`,
    `${line} --until-up 1`,
    `${line} --until-down=1`,
    "/usr/bin/vipkit2 check tcp 10.0.0.1:80",
    "vipkit vip list",
    "/bin/sh -c vipkit",
  ])
    assert.equal((await ran(other)).forks, 1, other);
});
