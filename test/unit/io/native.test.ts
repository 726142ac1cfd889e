/** Calls of the addon. What would change this process is done by a child, which looks at itself in /proc. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { openSync } from "node:fs";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { native } from "../../../src/io/native.ts";

const MODULE = new URL("../../../src/io/native.js", import.meta.url).href;
const skip = process.getuid?.() === 0 ? false : "needs root";

/** What a child prints of `result`, an expression over `native`, `proc(file)` and what `calls` defines. */
function inChild(calls: string, result: string): unknown {
  const code = `import { readFileSync, readlinkSync } from "node:fs";
    import { native as load } from "${MODULE}";
    const native = load();
    const proc = (file) => readFileSync("/proc/thread-self/" + file, "utf8");
    const status = (name) => proc("status").match(new RegExp("^" + name + ":\\\\s+(\\\\S+)", "m"))[1];
    ${calls};
    process.stdout.write(JSON.stringify(${result}));`;
  const argv = ["--input-type=module", "-e", code];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: "utf8" }));
}

test("unshare leaves the network namespace for a new one", { skip }, () => {
  const calls = `const here = () => readlinkSync("/proc/thread-self/ns/net");
    const before = here();
    const answer = native.unshare(0x40000000)`;
  assert.deepEqual(inChild(calls, "[answer, here() === before]"), [0, false]);
});

test("a scheduling policy is that of the thread from then on", () => {
  const calls = `const answer = native.schedSetscheduler(3, 0); // SCHED_BATCH
    const fields = proc("stat").replace(/.*\\) /, "").split(" ")`;
  assert.deepEqual(inChild(calls, "[answer, fields[38]]"), [0, "3"]);
  assert.equal(inChild("", "native.schedSetscheduler(3, 1)"), -EINVAL);
});

test("prctl sets what takes a number and refuses what takes an address", () => {
  const calls = "const answer = native.prctl(38, 1)"; // PR_SET_NO_NEW_PRIVS
  assert.deepEqual(inChild(calls, '[answer, status("NoNewPrivs")]'), [0, "1"]);
  assert.equal(inChild("", "native.prctl(2, 4096)"), -EINVAL); // PR_GET_PDEATHSIG
});

test("capabilities that are dropped are gone and do not come back", { skip }, () => {
  const calls = `const raw = 2 ** 13; // CAP_NET_RAW
    const answers = [native.capset(raw, raw, 0), native.capset(raw * 2, raw * 2, 0)]`;
  const sets = "[...answers, status('CapPrm'), status('CapEff')]";
  const onlyRaw = "0000000000002000";
  assert.deepEqual(inChild(calls, sets), [0, -EPERM, onlyRaw, onlyRaw]);
});

test("a capability above the 32nd is kept as well", { skip }, () => {
  const high = "2 ** 34 + 2 ** 13"; // CAP_SYSLOG, CAP_NET_RAW
  assert.deepEqual(
    inChild(`native.capset(${high}, ${high}, 0)`, "status('CapPrm')"),
    "0000000400002000",
  );
});

test("a descriptor that is closed aside is gone soon, and one that is none is refused", async () => {
  const fd = openSync("/dev/null", "r");
  assert.equal(native().closeAside(fd), 0);
  while (native().setsockopt(fd, 0, 0, Uint8Array.of()) !== -EBADF) await setImmediate();
  assert.equal(native().closeAside(fd), -EBADF);
});

test("a watch asks for reading or writing and nothing else", () => {
  for (const events of [0, 4, -1])
    assert.equal(
      native().watch(0, events, () => {}),
      -EINVAL,
    );
});

const EPERM = 1;
const EBADF = 9;
const EINVAL = 22;
