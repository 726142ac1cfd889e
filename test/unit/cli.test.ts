import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { VERSION } from "../../src/version.ts";
import { BIN, runBundle } from "../support/cli.ts";

test("the bundle tells its version", () => {
  const told = { exitCode: 0, stdout: `vipkit ${VERSION}\n`, stderr: "" };
  assert.deepEqual(runBundle(["--version"]), told);
  assert.deepEqual(runBundle(["-V"]), told);
});

test("the bundle is not compiled anew at each start", () => {
  const code = "console.log(require(process.argv[1]).script.cachedDataRejected)";
  const { stdout } = spawnSync(process.execPath, ["-e", code, BIN], { encoding: "utf8" });
  assert.match(stdout, /^false$/m);
});

test("the bundle starts whatever is kept beside it", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "vipkit-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [bin, bundle, cache] = ["bin", "dist/vipkit.cjs", "dist/vipkit.cjs.cache"] as const;
  const root = path.dirname(path.dirname(BIN));
  for (const name of [bin, bundle, cache])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  const start = (): unknown =>
    spawnSync(process.execPath, [path.join(folder, "bin/vipkit.js"), "--version"]).status;
  const whole = readFileSync(path.join(folder, cache));
  for (const kept of [whole, whole.subarray(0, 1000), new Uint8Array(), Buffer.from("nonsense")]) {
    writeFileSync(path.join(folder, cache), kept);
    assert.equal(start(), 0);
  }
  rmSync(path.join(folder, cache));
  assert.equal(start(), 0);
});

test("what was kept of an older bundle is not run", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "vipkit-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(path.dirname(BIN), path.join(folder, "bin"), { recursive: true });
  mkdirSync(path.join(folder, "dist"));
  const bundle = path.join(folder, "dist/vipkit.cjs");
  const run = (...argv: string[]): string =>
    spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" }).stdout;
  writeFileSync(bundle, 'process.stdout.write("old");');
  run("bin/compile.js");
  assert.equal(existsSync(`${bundle}.cache`), true);
  writeFileSync(bundle, 'process.stdout.write("new");'); // as long
  utimesSync(bundle, new Date(), new Date(Date.now() + 1000));
  assert.equal(run("bin/vipkit.js"), "new");
});

test("the bundle starts through a link from anywhere", () => {
  const { status } = spawnSync("sh", ["-c", `exec "${BIN}" --version`], { cwd: "/" });
  assert.equal(status, 0);
});

test("a usage error ends the process with 2 and leaves stdout empty", () => {
  const { exitCode, stdout, stderr } = runBundle(["completion", "tcsh"]);
  assert.deepEqual([exitCode, stdout], [2, ""]);
  assert.equal(stderr, 'vipkit completion: SHELL "tcsh" is none of bash, fish, zsh\n');
});

test("a working directory that was removed is a refusal, not a bug", () => {
  const line = `cd "$(mktemp -d)" && rmdir "$PWD" && exec "${process.execPath}" "${BIN}" vip list`;
  const { status, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /^vipkit vip list: use the working directory: it was removed[^\n]*\n$/);
});

test("a network namespace that is not there is a refusal, not a bug", () => {
  const { exitCode, stderr } = runBundle(["--netns", "no-such", "completion", "bash"]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /no such network namespace/);
});

test("a reader that goes away ends the program quietly", async () => {
  const child = spawn(process.execPath, [BIN, "help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [exitCode] = await once(child, "close");
  assert.deepEqual([exitCode, stderr], [0, ""]);
});

test("an answer that cannot be written is a refusal in one line, not a bug", () => {
  const line = `exec "${process.execPath}" "${BIN}" help >/dev/full`;
  const { status, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /^vipkit: stdout: ENOSPC[^\n]*\n$/);
});

test("a plugin whose answer cannot be written does not know: 3", () => {
  const words = "check file /dev/null --nagios >/dev/full";
  const { status } = spawnSync("sh", ["-c", `exec "${process.execPath}" "${BIN}" ${words}`]);
  assert.equal(status, 3);
});

test("SIGINT in a check that is under way ends us as the signal does, so that loops of shells end", async () => {
  const silent = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const words = ["check", "tcp", `127.0.0.1:${port}`, "--banner", "-t", "9m"];
  const child = spawn(process.execPath, [BIN, ...words]);
  const [held] = await once(silent, "connection");
  child.kill("SIGINT");
  const [status, signal] = await once(child, "exit");
  assert.deepEqual([status, signal], [null, "SIGINT"]);
  (held as Socket).destroy();
  silent.close();
});

test("SIGQUIT tells how a watch stands and does not end it; another signal does", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  const words = ["check", "tcp", `127.0.0.1:${port}`, "--watch", "--interval", "10s"];
  const child = spawn(process.execPath, [BIN, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const [said] = await once(child.stdout, "data");
  assert.match(`${said}`, / {2}UP {2}L4OK /);
  child.kill("SIGQUIT");
  const [statistics] = await once(child.stderr, "data");
  assert.match(`${statistics}`, /TARGET +STATE +SENT/);
  child.kill("SIGINT");
  const [status] = await once(child, "exit");
  assert.equal(status, 0, "all were up");
  closed.close();
});

test("a server that never says goodbye is not waited for", async () => {
  const held: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => held.push(socket.pause()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [BIN, "check", "tcp", `127.0.0.1:${port}`]);
  const [status] = await once(child, "exit");
  assert.equal(status, 0);
  for (const socket of held) socket.destroy();
  server.close();
});
