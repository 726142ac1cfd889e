import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { readSecretFile } from "../../../src/io/secret-file.ts";
import { KeyFile } from "../../support/key-file.ts";

test("a file is read with the permissions it has", () => {
  using file = new KeyFile("1:x\n", 0o600);
  assert.deepEqual(readSecretFile(file.path), { text: "1:x\n", mode: 0o600 });
  using open = new KeyFile("", 0o640);
  assert.equal(readSecretFile(open.path).mode, 0o640);
});

test("what cannot be read is told by the errno's name", () => {
  assert.throws(() => readSecretFile("/nowhere/keys"), { op: "read", code: "ENOENT" });
  assert.throws(() => readSecretFile("/"), { subject: "/", code: "EISDIR" });
});

test("what would never end, or wait for a writer, is refused at once", () => {
  using file = new KeyFile("", 0o600);
  rmSync(file.path);
  spawnSync("mkfifo", [file.path]);
  assert.throws(() => readSecretFile(file.path), { code: "no-regular-file" });
  assert.throws(() => readSecretFile("/dev/zero"), { code: "no-regular-file" });
  using large = new KeyFile("x".repeat(65_537), 0o600);
  assert.throws(() => readSecretFile(large.path), { code: "too-large" });
});
