/** Which programs follow a notice, with which words, and which are run although the end is urgent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HookRunner } from "../../../../../../src/app/ha/up/notify/hook-runner.ts";
import type { Notice } from "../../../../../../src/proto/ha/notice.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";

const program = (word: string) => ({ argv: [`/${word}`, "-v"], user: null });
const notice = (word: Notice["word"]): Notice => ({
  subject: "INSTANCE",
  name: "a",
  word,
  priority: 90,
});

function runnerOf() {
  const ports = new FakePorts();
  const troubles: string[] = [];
  const hooks = {
    MASTER: { argv: ["/MASTER", "-v"], user: { uid: 1, gid: 2 } },
    FAULT: program("FAULT"),
    STOP: program("STOP"),
    MASTER_RX_LOWER_PRI: program("LOWER"),
    change: program("change"),
  };
  const planned = {
    subject: "INSTANCE",
    name: "a",
    hooks,
    isMailed: false,
    tellsPriority: false,
  } as const;
  const runner = new HookRunner(planned, ports, (line) => troubles.push(line));
  const tell = (...words: readonly Notice["word"][]): void => {
    for (const word of words) runner.tell(notice(word), hooks, { VIPKIT_WORD: word });
  };
  const run = (): string[] => ports.programs.map(({ argv }) => argv.join(" "));
  return { ports, runner, tell, run, troubles };
}

test("that of the state has its own words alone, that of any change four more", async () => {
  const { ports, runner, tell, run } = runnerOf();
  tell("MASTER", "BACKUP");
  await runner.drained();
  assert.deepEqual(run(), [
    "/MASTER -v",
    "/change -v INSTANCE a MASTER 90",
    "/change -v INSTANCE a BACKUP 90",
  ]);
  assert.deepEqual(
    ports.programs.map(({ user, environment }) => [user, environment.VIPKIT_WORD]),
    [
      [{ uid: 1, gid: 2 }, "MASTER"],
      [undefined, "MASTER"],
      [undefined, "BACKUP"],
    ],
  );
});

test("a lower advert has a program of its own alone, and a change of priority none", async () => {
  const { runner, tell, run } = runnerOf();
  tell("MASTER_RX_LOWER_PRI", "MASTER_PRIORITY", "BACKUP_PRIORITY");
  await runner.drained();
  assert.deepEqual(run(), ["/LOWER -v"]);
});

test("in a hurry what runs is killed and what waits is dropped, but for what follows the end", async () => {
  const { ports, runner, tell, run, troubles } = runnerOf();
  ports.onProgram = ({ signal }) =>
    new Promise((resolve) => {
      if (ports.programs.length > 1) resolve(RAN_WELL);
      signal?.addEventListener("abort", () => resolve({ ...RAN_WELL, signal: "SIGKILL" }));
    });
  tell("MASTER", "FAULT", "STOP");
  runner.hurry();
  await runner.drained();
  assert.deepEqual(run(), ["/MASTER -v", "/STOP -v", "/change -v INSTANCE a STOP 90"]);
  assert.equal(troubles.length, 4);
  assert.ok(troubles.every((line) => line.startsWith("a: hook /")));
});
