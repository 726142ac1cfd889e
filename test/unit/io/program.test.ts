/** Programs of the user's: results are values, the limit reaches the whole process group. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProgram } from "../../../src/io/program.ts";

const run = (script: string, limitMs = 20_000, environment = {}) =>
  runProgram({ argv: [process.execPath, "-e", script], environment, limitMs });

test("an exit status, a signal and a missing program are told apart", async () => {
  assert.equal((await run("process.exit(3)")).exitCode, 3);
  assert.equal((await run("process.kill(process.pid, 'SIGTERM')")).signal, "SIGTERM");
  const missing = await runProgram({ argv: ["/nonexistent"], environment: {}, limitMs: 1000 });
  assert.equal(missing.startError, "ENOENT");
});

test("the environment is added to our own", async () => {
  const script = "process.exit(process.env.VIPKIT_STATE === 'MASTER' && process.env.PATH ? 7 : 1)";
  assert.equal((await run(script, 20_000, { VIPKIT_STATE: "MASTER" })).exitCode, 7);
});

test("arguments reach the program as they are, no shell reads them", async () => {
  const argv = [process.execPath, "-e", "process.exit(process.argv[1] === '$(id); `id`' ? 0 : 1)"];
  const result = await runProgram({
    argv: [...argv, "$(id); `id`"],
    environment: {},
    limitMs: 20_000,
  });
  assert.equal(result.exitCode, 0);
});

test("at the limit the program's children are killed with it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-program-"));
  const pidFile = join(folder, "pid");
  // The child holds on for ever and so does its parent; both are in one process group.
  const script = `
    const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
    require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
    setInterval(() => {}, 1e6);`;
  try {
    const result = await run(script, 4000);
    assert.equal(result.timedOut, true);
    assert.equal(result.signal, "SIGKILL");
    const pid = Number(readFileSync(pidFile, "utf8"));
    assert.ok(isGone(pid), `child ${pid} lives on`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Ended, or a zombie that waits for init to collect it. */
function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.startsWith("Z") ?? true;
  } catch {
    return true;
  }
}
