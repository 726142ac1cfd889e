import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { fileProber, parseFileTarget } from "../../../../src/app/check/file.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { readSecretFile } from "../../../../src/io/secret-file.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const rule = { weight: 0, isReverse: false };
const { signal } = new AbortController();
const check = async (path: string, read = readSecretFile) => {
  const prober = fileProber(rule, { readSecretFile: read });
  const { verdict, class: code } = await attempt(prober, { path }, 1000, new FakeClock(), signal);
  return [verdict, code];
};

test("a value is judged, a missing file counts as 0", async () => {
  const read = (text: string) => () => ({ text, mode: 0o644 });
  assert.deepEqual(await check("x", read("1")), ["down", "L7STS"]);
  assert.deepEqual(await check("x", read("0")), ["up", "L7OK"]);
  assert.deepEqual(await check("/nonexistent/x"), ["up", "L7OK"]);
  assert.deepEqual(await check("/proc/self/stat/x"), ["up", "L7OK"]); // ENOTDIR
});

test("what may not be read is not down", async () => {
  const refused = () => {
    throw new SystemError("read", "x", "EACCES", "permission denied");
  };
  assert.deepEqual(await check("x", refused), ["unknown", "UNK"]);
});

test("a directory, a FIFO without a writer, an endless and an oversized file end at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-file-"));
  try {
    const [fifo, big] = [join(folder, "fifo"), join(folder, "big")];
    execFileSync("mkfifo", [fifo]);
    writeFileSync(big, "");
    truncateSync(big, 10e9);
    for (const path of [folder, fifo, "/dev/zero", big])
      assert.deepEqual(await check(path), ["unknown", "UNK"], path);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a path is any text that a kernel takes for one", () => {
  assert.deepEqual(parseFileTarget("a b"), [{ path: "a b" }]);
  for (const none of ["", "a\0b"]) assert.equal(parseFileTarget(none), "is no path");
});
