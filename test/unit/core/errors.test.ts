import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError, UsageError } from "../../../src/core/errors.ts";

test("a system error reads `op subject: reason` and keeps its parts", () => {
  const cause = new Error("below");
  const error = new SystemError("address add", "10.0.0.1/32 on eth0", "EEXIST", "File exists", {
    cause,
  });
  assert.equal(error.message, "address add 10.0.0.1/32 on eth0: File exists (EEXIST)");
  assert.deepEqual([error.op, error.subject], ["address add", "10.0.0.1/32 on eth0"]);
  assert.deepEqual([error.code, error.detail], ["EEXIST", "File exists"]);
  assert.equal(error.cause, cause);
});

test("a system error without the kernel's own words shows its code", () => {
  assert.equal(new SystemError("sendto", "eth0", "ENETDOWN").message, "sendto eth0: ENETDOWN");
});

test("the two errors are told apart from bugs and from each other by their class", () => {
  const usage: Error = new UsageError("vrid 0: must be 1..255");
  assert.ok(!(usage instanceof SystemError));
  assert.equal(usage.name, "UsageError");
  assert.equal(new SystemError("a", "b", "c").name, "SystemError");
});
