/** Processes that start, end and change: `check process` counts those that keepalived's track_process counts. */
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { attempt } from "../../src/app/check/attempt.ts";
import { processProber } from "../../src/app/check/process.ts";
import { SystemClock } from "../../src/io/clock.ts";
import { listProcesses } from "../../src/io/process-list.ts";
import { watchProcesses } from "../../src/io/process-watch.ts";
import { labMissing } from "../support/netns.ts";
import { processEventsMissing } from "../support/process-events.ts";
import { Program } from "../support/program.ts";
import { type Tracker, TrackingKeepalived } from "../support/tracking-keepalived.ts";
import { VIPKIT } from "../support/vipkit.ts";

const ID = `vk${process.pid}`;
const NAMES = { app: ID, other: `${ID}o`, long: `${ID}-over-15-bytes`, marker: `${ID}m` };

interface Case {
  readonly name: string;
  readonly process: string;
  readonly parameters?: readonly string[];
  readonly match?: "initial" | "partial";
  /** The whole first word: in keepalived also with parameters, whether or not it is asked for. */
  readonly isFull?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** keepalived finds none, ever: of a name that the kernel cuts, or no first word of a command line. */
  readonly isOurs?: boolean;
}

function casesIn(folder: string): readonly Case[] {
  const { app, other, long } = NAMES;
  const [path, bare] = [join(folder, app), join(folder, "elsewhere", app)];
  return [
    { name: "named", process: app },
    { name: "other", process: other },
    { name: "cut", process: long.slice(0, 15) },
    { name: "long", process: long, isOurs: true },
    { name: "pair", process: app, min: 2 },
    { name: "single", process: app, max: 1 },
    { name: "none", process: app, min: 0, max: 0 },
    { name: "full", process: path, isFull: true },
    { name: "exact", process: path, isFull: true, parameters: ["600", "60"] },
    { name: "first", process: path, isFull: true, parameters: ["600"], match: "partial" },
    { name: "begin", process: path, isFull: true, parameters: ["60"], match: "initial" },
    { name: "bare", process: bare, isFull: true, parameters: [], match: "partial" },
    { name: "short", process: app, parameters: ["600"], match: "partial", isOurs: true },
  ];
}

const blockOf = ({ process, parameters = [], match, isFull, min, max }: Case): string[] => [
  `process ${[process, ...parameters].join(" ")}`,
  ...(match === undefined ? [] : [`param_match ${match}`]),
  ...(isFull && parameters.length === 0 ? ["full_command"] : []),
  ...(min === undefined || min === 0 ? [] : [`quorum ${min}`]),
  ...(max === undefined ? [] : [`quorum_max ${max}`]),
];

async function isUp(one: Case): Promise<boolean> {
  const { parameters, match = "exact", isFull = false } = one;
  const { min = 1, max = Number.POSITIVE_INFINITY } = one;
  const ports = { listProcesses, watchProcesses, pid: process.pid };
  const prober = processProber(
    { pattern: { isFull, parameters, match }, quorum: { min, max } },
    ports,
  );
  const { signal } = new AbortController();
  const result = await attempt(prober, { name: one.process }, 10_000, new SystemClock(), signal);
  assert.notEqual(result.verdict, "unknown", result.detail);
  return result.verdict === "up";
}

async function upOf(cases: readonly Case[]): Promise<string[]> {
  const verdicts = await Promise.all(cases.map(isUp));
  return cases.filter((_, at) => verdicts[at]).map(({ name }) => name);
}

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-track-process-"));
  const programs: Program[] = [];
  t.after(async () => {
    await Promise.all(programs.map((program) => program.destroy()));
    rmSync(folder, { recursive: true });
  });
  const begin = (...argv: string[]): Program => {
    const program = new Program(argv.join(" "), argv);
    programs.push(program);
    return program;
  };
  const copy = (original: string, ...path: string[]): string => {
    const file = join(folder, ...path);
    mkdirSync(join(file, ".."), { recursive: true });
    copyFileSync(original, file);
    chmodSync(file, 0o755);
    return file;
  };
  const follow = async (trackers: readonly Tracker[]): Promise<TrackingKeepalived> => {
    const keepalived = new TrackingKeepalived(folder, "vrrp_track_process", trackers);
    programs.push(keepalived.program);
    await keepalived.program.lines.next(/proc_events has confirmed/);
    return keepalived;
  };
  return { folder, begin, copy, follow };
}

const skip = processEventsMissing() || labMissing("keepalived");

test("the same processes count", { skip }, async (t) => {
  const { folder, begin, copy, follow } = setUp(t);
  const app = copy("/bin/sleep", NAMES.app);
  const other = copy("/bin/sleep", NAMES.other);
  const long = copy("/bin/sleep", NAMES.long);
  const marker = copy("/bin/sleep", NAMES.marker);
  const cat = copy("/bin/cat", "elsewhere", NAMES.app);
  const shell = copy("/bin/sh", "shell", NAMES.app);

  const cases = casesIn(folder);
  const trackers = [
    ...cases.map((one) => ({ name: one.name, block: blockOf(one) })),
    { name: "marker", block: [`process ${NAMES.marker}`] },
  ];
  const keepalived = await follow(trackers);
  const { lines } = keepalived.program;
  const compared = async (up: readonly string[], peer = keepalived): Promise<void> => {
    assert.deepEqual(await upOf(cases), up);
    const theirs = up.filter((name) => !cases.some((one) => one.name === name && one.isOurs));
    assert.deepEqual(peer.up, theirs);
  };
  /** Whatever was before the marker, keepalived has been told of. */
  const counts = async (...up: string[]): Promise<void> => {
    const mark = begin(marker, "600");
    await lines.next(/Quorum gained for tracked process marker/);
    await mark.stop();
    await lines.next(/Quorum lost for tracked process marker/);
    await compared(up);
  };

  await counts("none");
  const first = begin(app, "600", "60");
  await counts("named", "single", "full", "exact", "first", "begin", "short");
  const second = begin(app, "600", "60");
  await counts("named", "pair", "full", "exact", "first", "begin", "short");
  await first.stop();
  await second.stop("SIGKILL");
  await counts("none");

  const longer = begin(app, "6000");
  await counts("named", "single", "full", "begin");
  await longer.stop();
  const bare = begin(cat);
  await counts("named", "single", "bare");
  await bare.stop();
  const lengthy = begin(long, "600");
  await counts("cut", "long", "none");
  await lengthy.stop();

  const rename = `printf ${NAMES.app} >/proc/$$/comm; echo ready; read line; exec ${other} 600`;
  const changing = begin("/bin/sh", "-c", rename);
  await changing.lines.next(/ready/);
  await counts("named", "single");
  changing.closeInput();
  await untilNamed(changing, NAMES.other);
  await counts("other", "none");
  await changing.stop();

  const forking = begin(shell, "-c", "(echo ready; read line); echo");
  await forking.lines.next(/ready/);
  await counts("named", "pair");
  await forking.destroy();
  // It ends once nobody is there who would wait for it: the shell itself would.
  const late = `exec 3<&0; (read line <&3; exec ${app} 0) & echo $!; exec ${other} 600`;
  const zombie = begin("/bin/sh", "-c", late);
  const [pid] = await zombie.lines.next(/^\d+$/);
  await untilNamed(zombie, NAMES.other);
  zombie.closeInput();
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await setImmediate();
  await counts("other", "none");
  const threads = begin(process.execPath, "-e", NAMED_THREADS, NAMES.app);
  await threads.lines.next(/ready/);
  await counts("other", "none");

  begin(app, "600", "60");
  begin(cat);
  begin(long, "600");
  const all = "named other cut long pair full exact first begin bare short".split(" ");
  await counts(...all);
  await keepalived.program.stop();
  await compared(all, await follow(trackers)); // by what it finds, not by what it is told
});

test("a restart within the delay is told by neither, an end by both", { skip }, async (t) => {
  const { begin, copy, follow } = setUp(t);
  const app = copy("/bin/sleep", NAMES.app);
  const marker = copy("/bin/sleep", NAMES.marker);
  const delayed = (name: string) => ["delay 1", `process ${name}`];
  const { lines } = (
    await follow([
      { name: "app", block: delayed(NAMES.app) },
      { name: "marker", block: delayed(NAMES.marker) },
    ])
  ).program;
  const watch = ["--watch", "--interval", "500ms", "--fall", "10"];
  const vipkit = begin(process.execPath, VIPKIT, "check", "process", NAMES.app, ...watch);
  await vipkit.lines.next(/DOWN/);

  const before = begin(app, "600");
  await lines.next(/Quorum gained for tracked process app/);
  await vipkit.lines.next(/UP/);
  await before.stop();
  const after = begin(app, "600");
  begin(marker, "600");
  await lines.next(/Quorum gained for tracked process marker/);
  const isLoss = (line: string): boolean => /Quorum lost|DOWN/.test(line);
  assert.deepEqual(lines.all.filter(isLoss), []);
  assert.equal(vipkit.lines.all.filter(isLoss).length, 1);

  await after.stop();
  await lines.next(/Quorum lost for tracked process app/);
  await vipkit.lines.next(/DOWN/);
});

async function untilNamed({ pid }: Program, name: string): Promise<void> {
  while (readFileSync(`/proc/${pid}/comm`, "utf8") !== `${name}\n`) await setImmediate();
}

const NAMED_THREADS = `const fs = require("node:fs");
for (const tid of fs.readdirSync("/proc/self/task"))
  if (Number(tid) !== process.pid) fs.writeFileSync("/proc/self/task/" + tid + "/comm", process.argv[1]);
console.log("ready");
setInterval(() => {}, 1000);`;
