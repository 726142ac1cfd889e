/** What comes from outside and what is secret, in every form of output. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../support/sniff-run.ts";
import { A, B } from "../../../support/sniffed.ts";

const PASSWORD = {
  version: 2,
  auth: { type: "pass", password: new TextEncoder().encode("s3cr\x1b[") },
} as const;

test("passwords are masked unless asked for, and printed safely then", async () => {
  for (const form of [[], ["-j"], ["--follow"], ["--table"]]) {
    const { stdout, stderr } = await read(form, [PASSWORD]);
    assert.ok(!`${stdout}${stderr}`.includes("s3cr"), form.join());
  }
  assert.match((await read([], [PASSWORD])).stdout, /auth simple "\*{8}"/);
  const { stdout } = await read(["--show-secrets"], [PASSWORD]);
  assert.match(stdout, /auth simple "s3cr/);
  assert.ok(!stdout.includes("\x1b"));
});

test("names out of a capture cannot write on the terminal", async () => {
  const evil = [{ ifName: "eth\x1b[2J\n0" }, { ifName: "eth\x1b[2J\n0", source: B, priority: 9 }];
  for (const form of [
    [],
    ["--follow"],
    ["--table"],
    ["-j"],
    ["--expect-none"],
    ["--expect-master", A],
  ]) {
    const { stdout, stderr } = await read(form, evil);
    assert.ok(!`${stdout}${stderr}`.includes("\x1b"), form.join());
    assert.doesNotMatch(stdout, /^0\s/m, form.join());
  }
});
