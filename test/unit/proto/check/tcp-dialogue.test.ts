/** A talk step by step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Pattern, parsePattern } from "../../../../src/core/byte-pattern.ts";
import {
  type DialogueOrder,
  type DialogueStep,
  firstLineOf,
  TcpDialogue,
} from "../../../../src/proto/check/tcp-dialogue.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const send = (text: string): DialogueStep => ({ kind: "send", bytes: utf8(text) });
const expect = (text: string): DialogueStep => ({
  kind: "expect",
  pattern: parsePattern(text) as Pattern,
});
const words = (order: DialogueOrder): string => {
  if (order.kind === "send") return `send ${new TextDecoder().decode(order.bytes)}`;
  return order.kind === "failed" ? `${order.finding.class} ${order.finding.detail}` : order.kind;
};

test("steps are taken in their order, and what is left over counts for the next", () => {
  const dialogue = new TcpDialogue([expect("220"), send("A"), expect("250"), expect("251")]);
  assert.equal(words(dialogue.next()), "listen");
  dialogue.hear(utf8("2"));
  assert.equal(words(dialogue.next()), "listen");
  dialogue.hear(utf8("20 hello\r\n250 251"));
  assert.equal(words(dialogue.next()), "send A");
  assert.equal(words(dialogue.next()), "over");
  assert.equal(dialogue.firstLine, "220 hello");
});

test("one match does not serve two steps", () => {
  const dialogue = new TcpDialogue([expect("OK"), expect("OK")]);
  dialogue.hear(utf8("OK"));
  assert.equal(words(dialogue.next()), "listen");
  assert.equal(dialogue.waiting, 'step 2 wants "OK", got nothing');
});

test("the end of the connection and 64 KiB without a match are failures", () => {
  const ended = new TcpDialogue([expect("OK")]);
  ended.hear(utf8("no\n"));
  assert.equal(ended.waiting, 'it wants "OK", got "no"');
  ended.hear(undefined);
  assert.equal(words(ended.next()), 'L7RSP connection closed before "OK" came, got "no"');
  const endless = new TcpDialogue([expect("OK")]);
  endless.hear(utf8("x".repeat(65_535)));
  assert.equal(words(endless.next()), "listen");
  endless.hear(utf8("x"));
  assert.match(words(endless.next()), /^L7RSP more than 64 KiB without "OK", got "x{200}"$/);
});

test("what came before the end may still be enough", () => {
  const dialogue = new TcpDialogue([expect("OK")]);
  dialogue.hear(utf8("OK"));
  dialogue.hear(undefined);
  assert.equal(words(dialogue.next()), "over");
});

test("a first line has 200 characters at most, and empty lines before it are none", () => {
  assert.equal(firstLineOf(utf8("\r\nab\ncd")), "ab");
  assert.equal(firstLineOf(utf8("x".repeat(5000)))?.length, 200);
  assert.equal(firstLineOf(new Uint8Array(0)), null);
});
