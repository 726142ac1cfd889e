import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { failure } from "../../../src/io/failure.ts";

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test("a refusal says in words what the errno's name means", () => {
  const absent = thrownBy(() => readFileSync("/nowhere/keys"));
  const { message, cause } = failure("read", "/nowhere/keys", absent);
  assert.equal(message, "read /nowhere/keys: no such file or directory (ENOENT)");
  assert.equal(cause, absent);
  const there = failure(
    "mkdir",
    "/",
    thrownBy(() => mkdirSync("/")),
  );
  assert.equal(there.message, "mkdir /: file already exists (EEXIST)");
  const bare = failure("listen", "/run/x.sock", { code: "EROFS" });
  assert.equal(bare.message, "listen /run/x.sock: read-only file system (EROFS)");
});

test("a code that is no errno's name stays as it is", () => {
  const { message } = failure("open", "/x", { code: "ERR_INVALID_ARG_VALUE" });
  assert.equal(message, "open /x: ERR_INVALID_ARG_VALUE");
});
