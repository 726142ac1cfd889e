import assert from "node:assert/strict";
import { test } from "node:test";
import { TelnetDialogue } from "../../../../src/proto/check/telnet-dialogue.ts";
import { converse } from "../../../support/said.ts";

const PROMPT = /login:|[>#$%] ?$/u;
const [SE, SB, WILL, WONT, DO, DONT, IAC] = [240, 250, 251, 252, 253, 254, 255];
const dialogue = () => new TelnetDialogue(PROMPT);

/** What is sent back to these bytes. */
function repliesTo(it: TelnetDialogue, ...bytes: number[]): number[] {
  return it
    .handle({ kind: "received", bytes: Uint8Array.from(bytes) })
    .flatMap((order) => (order.kind === "send" ? [...order.bytes] : []));
}

test("every option is refused, once", () => {
  const it = dialogue();
  assert.deepEqual(it.handle({ kind: "connected" }), []);
  assert.deepEqual(repliesTo(it, IAC, DO, 24, IAC, WILL, 3), [IAC, WONT, 24, IAC, DONT, 3]);
  assert.deepEqual(repliesTo(it, IAC, DO, 24, IAC, DONT, 24, IAC, WONT, 3), []);
  assert.deepEqual(repliesTo(it, IAC), []);
  assert.deepEqual(repliesTo(it, DO), []);
  assert.deepEqual(repliesTo(it, 31), [IAC, WONT, 31]); // in pieces
});

test("a prompt ends it, with or without colours and a line end", () => {
  for (const prompt of ["host login: ", "\r\n\x1b[1mrouter>\x1b[0m", "a # ", "$", "x%"])
    assert.match(converse(dialogue(), "Welcome\r\n", prompt)[0] ?? "", /^L7OK: prompt /, prompt);
  assert.deepEqual(converse(dialogue(), "Debian\r\n\r\nbox login: "), ["L7OK: prompt box login:"]);
  assert.deepEqual(converse(dialogue(), "Welcome to #1 shop"), []);
});

test("commands and what stands in a subnegotiation are no text", () => {
  const it = dialogue();
  const hidden = Uint8Array.from([IAC, SB, 24, 35, IAC, IAC, 35, IAC, SE, IAC, 241, 72, 105]);
  assert.deepEqual(converse(it, hidden), []);
  assert.equal(it.awaited, "waiting for a prompt, heard last: Hi");
  assert.deepEqual(converse(it, "\r\n# "), ["L7OK: prompt #"]);
});

test("the end, or too much, without a prompt makes no sense", () => {
  assert.deepEqual(converse(dialogue(), "closed"), [
    "L7RSP: connection closed without a prompt, heard no text",
  ]);
  assert.deepEqual(converse(dialogue(), "bye\r\n", "closed"), [
    "L7RSP: connection closed without a prompt, heard last: bye",
  ]);
  const it = dialogue();
  const floods = Array.from({ length: 17 }, () => "x".repeat(4096));
  assert.match(converse(it, ...floods).at(-1) ?? "", /^L7RSP: more than 64 KiB without a prompt/);
  const options = Array.from({ length: 70 }, () => Uint8Array.from(Array(1000).fill(IAC)));
  assert.match(converse(dialogue(), ...options).at(-1) ?? "", /^L7RSP/);
});
