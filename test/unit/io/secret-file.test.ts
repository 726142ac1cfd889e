import assert from "node:assert/strict";
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
