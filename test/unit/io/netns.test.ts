import assert from "node:assert/strict";
import { test } from "node:test";
import { enterNetns } from "../../../src/io/netns.ts";

test("a namespace that is not there is refused by its name", () => {
  const expected = { name: "SystemError", op: "netns enter", code: "ENOENT" };
  assert.throws(() => enterNetns("no-such-namespace"), {
    ...expected,
    subject: "no-such-namespace",
  });
  assert.throws(() => enterNetns("/proc/self/ns/nope"), expected);
});

test("a file that is no network namespace is refused by the kernel", () => {
  assert.throws(() => enterNetns("/proc/self/ns/uts"), { op: "setns", code: "EINVAL" });
  assert.throws(() => enterNetns("/dev/null"), { op: "setns", code: "EINVAL" });
});
