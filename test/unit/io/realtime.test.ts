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
