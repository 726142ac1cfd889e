import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { OutputPipe } from "../../../src/io/output-pipe.ts";

test("what is written comes, and the end with the last writer", async () => {
  let text = "";
  const pipe = new OutputPipe((bytes) => {
    text += new TextDecoder().decode(bytes);
  });
  const script = "echo out; echo err >&2; echo opened >/dev/stderr";
  execFileSync("sh", ["-c", script], { stdio: ["ignore", pipe.writeFd, pipe.writeFd] });
  pipe.handedOver();
  await pipe.drained();
  assert.equal(text, "out\nerr\nopened\n");
  await pipe.drained(); // again is harmless
});
