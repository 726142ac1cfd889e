/** `check process --watch` on the real kernel: its events of processes, too many of them, and none. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ownNetnsMissing } from "../support/own-netns.ts";
import { processEventsMissing } from "../support/process-events.ts";
import { Program } from "../support/program.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = processEventsMissing();

/** Programs of names that nobody else has, and a vipkit that looks for one of them once an hour. */
function setUp(t: TestContext, ...before: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-check-process-"));
  const programs: Program[] = [];
  t.after(async () => {
    await Promise.all(programs.map((program) => program.destroy()));
    rmSync(folder, { recursive: true });
  });
  const start = (...argv: string[]): Program => {
    const program = new Program(argv.join(" "), argv);
    programs.push(program);
    return program;
  };
  const copy = (original: string, name: string): string => {
    const path = join(folder, name);
    copyFileSync(original, path);
    chmodSync(path, 0o755);
    return path;
  };
  const name = `vk${process.pid}`;
  const options = ["--watch", "--interval", "1h", "--jitter", "0"];
  const vipkit = start(...before, process.execPath, VIPKIT, "check", "process", name, ...options);
  return { name, copy, start, vipkit };
}

test("start, another name and end are told when they happen", { skip }, async (t) => {
  const { name, copy, start, vipkit } = setUp(t);
  const sleep = copy("/bin/sleep", name);
  await vipkit.lines.next(/DOWN .* none runs/);
  const first = start(sleep, "600");
  await vipkit.lines.next(/UP .* 1 process runs/);
  await first.stop();
  await vipkit.lines.next(/DOWN/);

  const script = `printf ${name} >/proc/$$/comm; read line; exec /bin/cat`;
  const renamed = start("/bin/sh", "-c", script);
  await vipkit.lines.next(/UP .* 1 process runs/);
  renamed.closeInput(); // `read` ends, and exec gives it another name
  await vipkit.lines.next(/DOWN/);
});

test("who was told too little looks anew", { skip }, async (t) => {
  const { name, copy, start, vipkit } = setUp(t);
  const sleep = copy("/bin/sleep", name);
  await vipkit.lines.next(/DOWN/);
  vipkit.signal("SIGSTOP");
  const loop = `n=0; while [ $n -lt ${STORM} ]; do (:); n=$((n + 1)); done`;
  assert.equal(spawnSync("/bin/sh", ["-c", loop]).status, 0);
  start(sleep, "600");
  vipkit.signal("SIGCONT");
  await vipkit.lines.next(/UP .* 1 process runs/);
});

test("where the kernel tells nothing that is said", { skip: ownNetnsMissing }, async (t) => {
  const { vipkit } = setUp(t, "unshare", "--net");
  await vipkit.lines.next(
    /asks each --interval only, not at each change: .*kernel tells only root/,
  );
  await vipkit.lines.next(/DOWN/);
});

/** Processes that start and end, more than the kernel keeps room for. */
const STORM = 5000;
