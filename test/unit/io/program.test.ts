/** Programs of the user's: results are values, the limit reaches the whole process group. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
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

test("at the limit, or when it is told, the program's children are killed with it", async () => {
  for (const urgent of [false, true]) await killsChildren(urgent);
});

async function killsChildren(urgent: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-program-"));
  const path = join(folder, "life-line");
  const server = createServer().listen(path);
  // The child holds a connection as long as it lives; its parent would wait for ever.
  const child = `require("node:net").connect(${JSON.stringify(path)})`;
  const script = `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(child)}])`;
  try {
    const connected = once(server, "connection");
    const killer = new AbortController();
    const argv = [process.execPath, "-e", script];
    const limitMs = urgent ? 60_000 : 4000;
    const ran = runProgram({ argv, environment: {}, limitMs, signal: killer.signal });
    const [lifeLine] = (await connected) as [Socket];
    if (urgent) killer.abort();
    const result = await ran;
    assert.deepEqual([result.timedOut, result.signal], [!urgent, "SIGKILL"]);
    if (!lifeLine.closed) await once(lifeLine.resume(), "close");
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}
