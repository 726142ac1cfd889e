/** Programs of the user's: results are values, the limit reaches the whole process group. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ProgramOptions } from "../../../src/io/ports.ts";
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

const listening = async (script: string, options: Partial<ProgramOptions> = {}) => {
  let [output, length] = ["", 0];
  const result = await runProgram({
    argv: ["/bin/sh", "-c", script],
    environment: {},
    limitMs: 20_000,
    onOutput: (bytes) => {
      length += bytes.length;
      output = (output + new TextDecoder().decode(bytes)).slice(-4096);
    },
    ...options,
  });
  return { ...result, output, length };
};

test("output goes to who asks for it, both streams in their order, to the last byte", async () => {
  const both = await listening("echo one; echo two >&2; echo three > /dev/stderr; exit 3");
  assert.deepEqual([both.exitCode, both.output], [3, "one\ntwo\nthree\n"]);
  const much = await listening("head -c 3000000 /dev/zero");
  assert.equal(much.length, 3_000_000);
});

test("endless output ends at the limit", async () => {
  const { timedOut, signal, length } = await listening("yes", { limitMs: 300 });
  assert.deepEqual([timedOut, signal], [true, "SIGKILL"]);
  assert.ok(length > 0);
});

test("who stays in its group when it ends is killed, who left it is not waited for", async () => {
  // Each holds the output for ten minutes, if it lives; its number is printed.
  const stays = await listening("sleep 600 & echo $!");
  assert.equal(stays.exitCode, 0);
  while (isAlive(Number(stays.output))) await setImmediate();
  const left = await listening(`exec 3>&1; echo $(setsid sh -c 'sleep 600 >&3 & echo $!')`);
  try {
    assert.equal(left.exitCode, 0);
  } finally {
    process.kill(Number(left.output));
  }
});

/** Who was killed may wait for its parent to hear of it. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test("what cannot be started is a result with the errno's name", async () => {
  assert.equal((await listening("", { argv: ["/etc/passwd"] })).startError, "EACCES");
  assert.equal((await listening("", { argv: ["true", "x".repeat(200_000)] })).startError, "E2BIG");
});

const isRoot = process.getuid?.() === 0;
test("another user has neither our groups nor our rights", {
  skip: !isRoot && "needs root",
}, async () => {
  const { output } = await listening("id -u; id -G", { user: { uid: 65_534, gid: 65_533 } });
  assert.equal(output, "65534\n65533\n");
});
