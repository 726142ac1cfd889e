/** What a child delivers before it ends reaches its parent whole, however late that reads it. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parentOfThis } from "../../../src/io/parent-process.ts";

const IS_CHILD = "VIPKIT_TEST_CHILD";
const LENGTH = 4_000_000; // more than a socket holds

if (process.env[IS_CHILD] === undefined)
  test("a long message is delivered before the child ends", async () => {
    const child = fork(fileURLToPath(import.meta.url), {
      env: { ...process.env, [IS_CHILD]: "1" },
      serialization: "advanced",
    });
    const told: unknown[] = [];
    child.on("message", (message) => told.push(message));
    await new Promise((resolve) => child.once("disconnect", resolve));
    assert.deepEqual(
      told.map((message) => String(Object(message).text).length),
      [LENGTH],
    );
  });
else {
  await parentOfThis()?.deliver({ text: "x".repeat(LENGTH) });
  process.exit();
}
