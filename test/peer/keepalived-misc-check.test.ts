/** Exit statuses that are weights: IPVS has of keepalived's MISC_CHECK what `check exec` says. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bootIpvs, ipvsKernelMissing } from "../support/ipvs-kernel.ts";
import { labMissing } from "../support/netns.ts";
import { Program } from "../support/program.ts";
import { VIPKIT } from "../support/vipkit.ts";

/** Of the real servers as they are configured; where a program tells no weight, it stays so. */
const WEIGHT = 5;

const PROGRAMS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([0, 1, 2, 3, 100, 254, 255].map((n) => [`exit${n}`, `exit ${n}`])),
  killed: "kill -KILL $$",
  late: "sleep 600",
};

test("a real server is there, with the weight, as check exec says", {
  skip: ipvsKernelMissing() || labMissing("keepalived"),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-misc-check-"));
  const programs: Program[] = [];
  t.after(async () => {
    await Promise.all(programs.map((program) => program.destroy()));
    rmSync(folder, { recursive: true });
  });
  const cases = Object.entries(PROGRAMS).flatMap(([name, text], nth) => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    const limitS = name === "late" ? 1 : 30;
    const one = { path, limitS, name };
    return [
      { ...one, isDynamic: true, server: `10.0.1.${nth + 1}` },
      { ...one, isDynamic: false, server: `10.0.2.${nth + 1}` },
    ];
  });

  const servers = cases.map(
    ({ path, limitS, isDynamic, server }) => `real_server ${server} 80 {
weight ${WEIGHT}
MISC_CHECK {\nmisc_path ${path}\nmisc_timeout ${limitS}\n${isDynamic ? "misc_dynamic" : ""}\n}\n}`,
  );
  const conf = join(folder, "conf");
  writeFileSync(
    conf,
    `global_defs {\nscript_user root\n}\nvirtual_server 10.0.0.1 80 {\ndelay_loop 4
lvs_sched wrr\nlvs_method NAT\nprotocol TCP\n${servers.join("\n")}\n}\n`,
  );
  const pids = "--pid /run/pid --checkers_pid /run/checkers.pid";
  const kernel = bootIpvs(folder, [
    `keepalived -n -l -D -G -C -f ${conf} ${pids} >/run/log 2>&1 &`,
    `until [ $(grep -c "Misc check .*\\(succeeded\\|failed\\|timed out\\)" /run/log) -ge ${cases.length} ]`,
    "do sleep 0.2; done",
    "ipvsadm -Sn",
    "echo all",
  ]);
  programs.push(kernel);
  await kernel.lines.next(/^all/, BOOT_MS);
  const theirs = new Map(
    kernel.lines.all
      .map((line) => /-r (\S+):80 -m -w (\d+)/.exec(line))
      .filter((match) => match !== null)
      .map(([, server, weight]) => [server, Number(weight)]),
  );

  for (const { path, limitS, isDynamic, server, name } of cases) {
    const options = [...(isDynamic ? [] : ["--no-weight"]), "-j", "-t", `${limitS}s`];
    const line = [process.execPath, VIPKIT, "check", "exec", ...options, "--", path];
    const run = new Program(name, line);
    programs.push(run);
    await run.ended;
    const { verdict, facts } = JSON.parse(run.lines.all[0] ?? "");
    const ours = verdict === "up" ? (facts.weight ?? WEIGHT) : undefined;
    assert.equal(theirs.get(server), ours, `${name}, misc_dynamic: ${isDynamic}`);
  }
});

const BOOT_MS = 120_000;
