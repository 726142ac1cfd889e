import assert from "node:assert/strict";
import { test } from "node:test";
import { openMessages } from "../../../../src/app/check/dns-stream.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

const FOREVER = new AbortController().signal;

test("each message has its length in front, however the bytes come", async () => {
  const { stream, written } = scriptedStream([[0], [2, 7], [8, 0, 1, 9, 0], [0, 0, 3, 1]]);
  const messages = openMessages(stream, FOREVER);
  await messages.send(Uint8Array.of(5, 6));
  assert.deepEqual(written(), Uint8Array.of(0, 2, 5, 6));
  for (const bytes of [[7, 8], [9], []])
    assert.deepEqual(await messages.receive(FOREVER), Uint8Array.from(bytes));
  assert.equal(await messages.receive(FOREVER), undefined); // it ends within one
});
