import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const MODULE = new URL("../../../src/io/realtime.js", import.meta.url).href;
/** Prints what sched_getscheduler(2) would say of the process and of a child, by proc(5). */
const CODE = `
  import { scheduleRealtime } from "${MODULE}";
  import { execFileSync } from "node:child_process";
  import { readFileSync } from "node:fs";
  const told = (stat) => stat.split(" ").slice(39, 41).join(" ");
  scheduleRealtime(7);
  console.log(told(readFileSync("/proc/self/stat", "utf8")));
  console.log(told(execFileSync("cat", ["/proc/self/stat"], { encoding: "utf8" })));
`;

const skip = process.getuid?.() !== 0 && "needs root: real-time priority is a privilege";

test("the process has the real-time priority, and what it starts has none", { skip }, () => {
  const options = { encoding: "utf8" } as const;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", CODE], options);
  assert.deepEqual(said.trimEnd().split("\n"), ["7 2", "0 0"]);
});

/** Prints nice values of the process and of a child, and what both are called. */
const NICE = `
  import { nameProcess, scheduleNice } from "${MODULE}";
  import { execFileSync } from "node:child_process";
  import { readFileSync } from "node:fs";
  const told = (stat) => stat.replace(/.*\\) /, "").split(" ")[16];
  scheduleNice(-7);
  nameProcess("keepalived_vrrp");
  console.log(told(readFileSync("/proc/self/stat", "utf8")), readFileSync("/proc/self/comm", "utf8").trim());
  console.log(told(execFileSync("cat", ["/proc/self/stat"], { encoding: "utf8" })));
  try { scheduleNice(-8, process.setuid(65534)); } catch (error) { console.log(error.message); }
`;

test("a nice value below 0 and a name are those of the process alone", { skip }, () => {
  const options = { encoding: "utf8" } as const;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", NICE], options);
  const [own, child, refused = ""] = said.trimEnd().split("\n");
  assert.deepEqual([own, child], ["-7 keepalived_vrrp", "0"]);
  assert.match(refused, /^schedule nice value -8: .*\((EPERM|EACCES)\)$/);
});
