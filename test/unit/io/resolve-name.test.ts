import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp } from "../../../src/core/addr.ts";
import { SystemError } from "../../../src/core/errors.ts";
import { resolveName } from "../../../src/io/resolve-name.ts";

const never = new AbortController().signal;

test("/etc/hosts counts, and an address is its own name", async () => {
  const found = await resolveName("localhost", 4, never);
  assert.deepEqual(found.map(formatIp), ["127.0.0.1"]);
  assert.deepEqual((await resolveName("::1", undefined, never)).map(formatIp), ["::1"]);
});

test("a name that cannot be one is refused, with what was asked", async () => {
  // No name server is asked for these.
  for (const name of ["x".repeat(300), "x".repeat(2000), "", "localhost\0x"])
    await assert.rejects(
      resolveName(name, 4, never),
      (error) => error instanceof SystemError && error.op === "look up" && error.subject === name,
    );
});

test("who wants no more is let go at once", async () => {
  const stop = new AbortController();
  const found = resolveName("localhost", undefined, stop.signal);
  stop.abort();
  await assert.rejects(found, (error) => error === stop.signal.reason);
  await assert.rejects(
    resolveName("localhost", 4, stop.signal),
    (error) => error === stop.signal.reason,
  );
});
