/**
 * Programs that say whether a service is alive: `check exec --no-weight` beside keepalived's vrrp_script.
 * Statuses that are weights are of its MISC_CHECK, which runs only where there is IPVS.
 */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { linesReach } from "../support/growing-file.ts";
import { Lifeline } from "../support/lifeline.ts";
import { labMissing } from "../support/netns.ts";
import { ownNetnsMissing } from "../support/own-netns.ts";
import { Program } from "../support/program.ts";
import { type Tracker, TrackingKeepalived } from "../support/tracking-keepalived.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = ownNetnsMissing || labMissing("keepalived");

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-vrrp-script-"));
  chmodSync(folder, 0o755); // for those who run as nobody
  const programs: Program[] = [];
  t.after(async () => {
    await Promise.all(programs.map((program) => program.destroy()));
    rmSync(folder, { recursive: true });
  });
  /** @returns its path; `HERE` is its folder */
  const script = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${text.replaceAll("HERE", folder)}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const follow = (trackers: readonly Tracker[]): TrackingKeepalived => {
    const keepalived = new TrackingKeepalived(folder, "vrrp_script", trackers, [
      "script_user root",
    ]);
    programs.push(keepalived.program);
    return keepalived;
  };
  const checkExec = (path: string, ...options: string[]): Program => {
    const line = [VIPKIT, "check", "exec", "--no-weight", ...options, "--", path, "ours"];
    const program = new Program(path, [process.execPath, ...line]);
    programs.push(program);
    return program;
  };
  return { folder, script, follow, checkExec };
}

/** What keepalived says of each of its scripts first. */
async function firstWords({ lines }: Program, names: readonly string[]) {
  const told = new Map<string, string>();
  while (told.size < names.length) {
    const [, name = "", words = ""] = await lines.next(/VRRP_Script\((\w+)\) (.*)/);
    if (!told.has(name)) told.set(name, words);
  }
  return told;
}

test("the same programs are up", { skip }, async (t) => {
  const { script, follow, checkExec } = setUp(t);
  const statuses = [0, 1, 2, 3, 126, 127, 254, 255];
  const texts: Readonly<Record<string, string>> = {
    ...Object.fromEntries(statuses.map((status) => [`exit${status}`, `exit ${status}`])),
    killed: "kill -KILL $$",
    terminated: "kill -TERM $$",
    nobody: '[ "$(id -u)" = 65534 ]',
  };
  const cases = Object.entries(texts).map(([name, text]) => ({ name, path: script(name, text) }));
  const keepalived = follow(
    cases.map(({ name, path }) => {
      const user = name === "nobody" ? ["user nobody"] : [];
      return { name, block: [`script ${path}`, "interval 60", "timeout 30", ...user] };
    }),
  );
  const names = cases.map(({ name }) => name);
  const words = await firstWords(keepalived.program, names);
  const theirs = names.filter((name) => words.get(name) === "succeeded");
  assert.deepEqual(theirs, ["exit0", "nobody"]);
  for (const { name, path } of cases) {
    const user = name === "nobody" ? ["--user", "nobody"] : [];
    const run = checkExec(path, "-t", "30s", ...user);
    assert.equal((await run.ended).code, theirs.includes(name) ? 0 : 1, name);
  }
});

test("at the limit it is down and all of its group ends, whoever is deaf to SIGTERM", {
  skip,
}, async (t) => {
  const { folder, script, follow, checkExec } = setUp(t);
  using held = new Lifeline(join(folder, "held"));
  const begun = "exec 3>HERE/held; sleep 600 & echo begun >>HERE/$1; wait; wait; wait";
  const late = script("late", begun);
  const deaf = script("deaf", `trap '' TERM\n${begun}`);
  const tracker = (name: string, path: string) => ({
    name,
    block: [`script "${path} theirs"`, "interval 60", "timeout 1"],
  });
  const keepalived = follow([tracker("late", late), tracker("deaf", deaf)]);
  const words = await firstWords(keepalived.program, ["late", "deaf"]);
  assert.deepEqual([...new Set(words.values())], ["timed_out"]);
  for (const path of [late, deaf]) {
    const run = checkExec(path, "-t", "1s");
    assert.equal((await run.ended).code, 1);
    assert.match(run.lines.all.join(), /PROCTOUT/);
  }
  for (const whose of ["ours", "theirs"]) await linesReach(join(folder, whose), 2);
  await held.isLetGo();
});

/** keepalived 2.2.7 says that it skips the run, and starts it all the same. */
test("a run that outlasts its interval is never joined by the next", { skip }, async (t) => {
  const { folder, script, follow, checkExec } = setUp(t);
  const slow = script("slow", "echo begin >>HERE/$1; sleep 1.5; echo end >>HERE/$1");
  const block = [`script "${slow} theirs"`, "interval 1", "timeout 30"];
  const keepalived = follow([{ name: "slow", block }]);
  checkExec(slow, "--watch", "--interval", "100ms", "-t", "30s");
  await keepalived.program.lines.next(/slow is already running, expect idle - skipping run/);
  const runs = (await linesReach(join(folder, "ours"), 4)).slice(0, 4);
  assert.deepEqual(runs, ["begin", "end", "begin", "end"]);
});

test("an outage ends and begins with the same run", { skip }, async (t) => {
  const { script, follow, checkExec } = setUp(t);
  const runs = "010100011001000"; // 1: a good one
  const text = `echo >>HERE/$1; nth=$(wc -l <HERE/$1)
case $(printf %s ${runs} | cut -c $nth) in 0) exit $((100 + nth));; esac`;
  const path = script("scripted", text);
  const block = [`script "${path} theirs"`, "interval 1", "timeout 30", "rise 2", "fall 3"];
  const keepalived = follow([{ name: "scripted", block }]);
  const counts = ["--rise", "2", "--fall", "3"];
  const vipkit = checkExec(path, "--watch", "--interval", "100ms", "-t", "30s", ...counts);
  const theirs = /VRRP_Script\(scripted\) (?:succeeded|failed \(exited with (status \d+)\))/;
  const ours = /UP|DOWN .*exit (status \d+)/;
  for (const [program, turn] of [
    [keepalived.program, theirs],
    [vipkit, ours],
  ] as const)
    for (const wanted of ["status 101", undefined, "status 115"])
      assert.equal((await program.lines.next(turn))[1], wanted, program.title);
});
