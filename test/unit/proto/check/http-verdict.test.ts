import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS } from "../../../../src/core/certificate.ts";
import {
  ANY_BODY,
  type HttpExpectation,
  judgeBody,
  judgeStatus,
} from "../../../../src/proto/check/http-verdict.ts";

const EXPECTED: HttpExpectation = { ...ANY_BODY, statuses: [{ first: 200, last: 299 }] };
const OK = { status: 200, reason: "OK", version: "1.1" };

/** @returns class and detail */
function judge(
  text: string,
  expected: Partial<HttpExpectation>,
  { bytes = text.length, isCut = false, certDays = null as number | null, slow = false } = {},
): string {
  const kept = new TextEncoder().encode(text);
  const body = { bytes, kept, isCut, md5: "m", sha256: "s" };
  const age = certDays === null ? null : { validUntilMs: certDays * DAY_MS, wallMs: 0 };
  const finding = judgeBody(OK, body, age, { ...EXPECTED, ...expected }, {}, (re, all) =>
    slow ? undefined : re.test(all),
  );
  return `${finding.class} ${finding.detail}`;
}

test("a status that is not wanted is L7STS in the server's words, with the place it leads to", () => {
  const line = { status: 503, reason: "Service Unavailable", version: "1.1" };
  assert.equal(judgeStatus(OK, EXPECTED, {}), undefined);
  const { class: code, detail } = judgeStatus(line, EXPECTED, {}) ?? {};
  assert.equal(`${code} ${detail}`, "L7STS 503 Service Unavailable");
  assert.equal(judgeStatus({ ...line, reason: "" }, EXPECTED, {})?.detail, "503");
  const moved = { ...line, status: 302, reason: "Found" };
  assert.equal(judgeStatus(moved, EXPECTED, {}, "/x")?.detail, "302 Found, to /x");
  const endless = { ...line, reason: "x".repeat(60_000) };
  assert.ok((judgeStatus(endless, EXPECTED, {})?.detail ?? "").length < 300);
});

test("nothing wanted of the body: whatever it is, it is up", () => {
  assert.equal(judge("hello", {}), "L7OK 200 OK, 5 bytes");
});

test("size bounds both ends", () => {
  const size = { minBytes: 2, maxBytes: 4 };
  assert.deepEqual(
    ["a", "ab", "abcd", "abcde"].map((text) => judge(text, { size }).slice(0, 5)),
    ["L7RSP", "L7OK ", "L7OK ", "L7RSP"],
  );
});

test("digests are of the whole body", () => {
  assert.match(judge("x", { md5: "m", sha256: "s" }), /^L7OK/);
  assert.equal(judge("x", { md5: "n" }), "L7RSP body has another MD5: m");
  assert.equal(judge("x", { sha256: "n" }), "L7RSP body has another SHA-256: s");
});

test("text must match and must not match, and it is said when only a part was looked at", () => {
  assert.match(judge("all ok", { match: /ok$/ }), /^L7OK/);
  assert.equal(judge("all bad", { match: /ok$/ }), "L7RSP the body does not match /ok$/");
  assert.equal(judge("bad", { noMatch: /bad/ }), "L7RSP the body matches /bad/");
  assert.match(judge("all", { match: /ok/ }, { bytes: 9 }), /the first 3 bytes of the body/);
});

test("a pattern that takes too long on such a body is a flaw of the body", () => {
  assert.match(judge("a", { match: /a/ }, { slow: true }), /^L7RSP .*takes too long/);
  assert.match(judge("a", { noMatch: /b/ }, { slow: true }), /^L7RSP .*takes too long/);
});

test("JSON must be JSON, and have the value", () => {
  const json = [{ path: "a", steps: ["a"], value: "1" }];
  assert.match(judge('{"a":1}', { json }), /^L7OK/);
  assert.equal(judge('{"a":2}', { json }), "L7RSP JSON a is 2, not 1");
  assert.equal(judge("<html>", { json }), "L7RSP the body is no JSON");
  assert.match(judge("[".repeat(60_000), { json }), /^L7RSP/);
});

test("a body beyond the limit is a flaw", () => {
  assert.match(judge("x", {}, { isCut: true }), /^L7RSP body is longer than --limit/);
});

test("a certificate that ends too soon is L6RSP, behind all else", () => {
  assert.match(judge("x", { certDays: 14 }, { certDays: 14 }), /^L7OK/);
  assert.match(
    judge("x", { certDays: 14 }, { certDays: 13 }),
    /^L6RSP .*expires in 13 days, wanted are 14 days/,
  );
  assert.match(judge("x", { certDays: 14 }), /^L6RSP it answered without TLS/);
  assert.match(judge("x", { certDays: 14, match: /y/ }, { certDays: 1 }), /^L7RSP/);
});
