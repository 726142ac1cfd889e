/** Whether an answer over UDP will do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Pattern, parseMasked, parsePattern } from "../../../../src/core/byte-pattern.ts";
import { udpReplyFinding, udpSilence } from "../../../../src/proto/check/udp-reply.ts";

const WANT = { required: true, minBytes: 0, maxBytes: 100, patterns: [] };
const judged = (text: string, more = {}): string => {
  const finding = udpReplyFinding(new TextEncoder().encode(text), { ...WANT, ...more });
  return `${finding.class} ${finding.detail}`;
};

test("its length counts at both ends", () => {
  assert.equal(judged("abc"), 'L4OK an answer of 3 bytes: "abc"');
  assert.match(judged("abc", { minBytes: 4 }), /^L7RSP .* wanted are 4 to 100/);
  assert.match(judged("abc", { maxBytes: 2 }), /^L7RSP/);
  assert.match(judged("abc", { minBytes: 3, maxBytes: 3 }), /^L4OK/);
});

test("it has all that is expected", () => {
  const patterns = [parsePattern("b"), parseMasked("61xx")] as Pattern[];
  assert.match(judged("abc", { patterns }), /^L7OK/);
  assert.match(judged("bbc", { patterns }), /^L7RSP .* without "61xx"/);
});

test("silence is good news only where no answer is required", () => {
  assert.equal(udpSilence(WANT), null);
  assert.equal(udpSilence({ ...WANT, required: false })?.verdict, "up");
});
