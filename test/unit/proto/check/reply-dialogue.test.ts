import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ask,
  ReplyDialogue,
  type ReplyScript,
  refusedReply,
} from "../../../../src/proto/check/reply-dialogue.ts";
import { up } from "../../../../src/proto/check/result.ts";
import { converse } from "../../../support/said.ts";

function* script(): ReplyScript {
  const first = yield* ask(null, "the greeting");
  if (first.code !== 220) return refusedReply(first, "the connection is");
  yield* ask("SECURE");
  yield { kind: "start-tls" };
  const last = yield* ask("SECRET word", "the reply to SECRET");
  return up("L7OK", `${last.code}`);
}

const dialogue = () => new ReplyDialogue(script(), "every-line");

test("a line for each reply, TLS between", () => {
  const it = dialogue();
  assert.deepEqual(
    converse(it, "connected", "220-a\r\n", "220 b\r\n", "200 go\r\n", "secured", "201 x\r\n"),
    ["> SECURE", "TLS", "> SECRET word", "L7OK: 201"],
  );
  assert.deepEqual(converse(it, "202 y\r\n", "closed"), []); // it is over
  assert.deepEqual(
    [...it.farewell],
    [..."QUIT\r\n"].map((one) => one.charCodeAt(0)),
  );
});

test("what is waited for is told, secrets are not", () => {
  const it = dialogue();
  converse(it, "connected");
  assert.equal(it.awaited, "waiting for the greeting");
  converse(it, "220 a\r\n");
  assert.equal(it.awaited, "waiting for the reply to SECURE");
  converse(it, "200 a\r\n");
  assert.equal(it.awaited, "waiting for the TLS handshake");
  converse(it, "secured");
  assert.equal(it.awaited, "waiting for the reply to SECRET");
});

test("a no, and what makes no sense", () => {
  const of = (...said: string[]) => converse(dialogue(), "connected", ...said);
  assert.deepEqual(of("554 go away\r\n"), ["L7STS: the connection is refused: 554 go away"]);
  assert.deepEqual(of("354 what\r\n"), ["L7RSP: the connection is answered by 354 what"]);
  assert.deepEqual(of("hello\r\n"), ["L7RSP: no reply with a code: hello"]);
  assert.deepEqual(of("22", "closed"), ["L7RSP: connection closed, waiting for the greeting"]);
});

test("text behind a reply is not taken for the next one", () => {
  for (const more of ["250 ok\r\n", "2", "EHLO"]) {
    const said = converse(dialogue(), "connected", "220 a\r\n", `200 go\r\n${more}`);
    assert.deepEqual(said, ["> SECURE", "L7RSP: more was said than asked for, behind 200"]);
  }
});
