import assert from "node:assert/strict";
import { test } from "node:test";
import { readText } from "../../../../src/app/check/read-text.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import { FakeFiles } from "../../../support/fake-files.ts";

const { signal } = new AbortController();

test("a character that two chunks share is one, and what is too long is refused", async () => {
  const files = new FakeFiles();
  const bytes = new TextEncoder().encode("a€b");
  files.streams.set("-", pieces(bytes.subarray(0, 2), bytes.subarray(2)));
  assert.equal(await readText("-", 1 << 20, files, signal), "a€b");
  files.contents.set("/big", new Uint8Array((1 << 20) + 1));
  await assert.rejects(readText("/big", 1 << 20, files, signal), UsageError);
});

async function* pieces(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield piece.slice();
}
