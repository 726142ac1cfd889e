import assert from "node:assert/strict";
import { test } from "node:test";
import type { DnsAnswer } from "../../../../src/core/dns.ts";
import { dnsVerdict } from "../../../../src/proto/check/dns-verdict.ts";

const record = (type: string, text: string, ttlS = 300) => ({
  name: "example.org",
  type,
  ttlS,
  text,
});

const verdict = (changes: Partial<DnsAnswer>, answers: readonly string[] = [], rcode = "NOERROR") =>
  dnsVerdict(
    {
      id: 1,
      question: { name: "example.org", type: "A" },
      rcode: "NOERROR",
      truncated: false,
      recursionAvailable: true,
      authoritative: true,
      records: [record("A", "192.0.2.1", 60), record("AAAA", "2001:db8::1")],
      ...changes,
    },
    { rcode, answers },
    { rtt_ms: 1 },
  );

test("the wanted code is enough where no answer is named", () => {
  const found = verdict({});
  assert.equal(found.verdict, "up");
  assert.equal(found.class, "L7OK");
  assert.equal(found.detail, "NOERROR, A 192.0.2.1, AAAA 2001:db8::1");
  assert.deepEqual(found.facts, {
    rcode: "NOERROR",
    answers: ["192.0.2.1", "2001:db8::1"],
    ttl_s: 60,
    recursion_available: true,
    authoritative: true,
    rtt_ms: 1,
  });
  assert.equal(verdict({ records: [] }).detail, "NOERROR, no records");
  assert.equal(verdict({ records: [] }).facts.ttl_s, null);
});

test("another code says no, also where a refusal was wanted", () => {
  assert.equal(verdict({ rcode: "NXDOMAIN" }).class, "L7STS");
  assert.equal(verdict({ rcode: "NXDOMAIN" }).detail, "NXDOMAIN instead of NOERROR");
  assert.equal(verdict({ rcode: "REFUSED" }, [], "REFUSED").verdict, "up");
  assert.equal(verdict({}, [], "REFUSED").verdict, "down");
});

test("every wanted answer is to be there, however it is written", () => {
  assert.equal(verdict({}, ["192.0.2.1", "2001:DB8:0::1"]).verdict, "up");
  const missing = verdict({}, ["192.0.2.1", "192.0.2.2"]);
  assert.equal(missing.class, "L7STS");
  assert.equal(missing.detail, "no answer 192.0.2.2; A 192.0.2.1, AAAA 2001:db8::1");
  const mail = { records: [record("MX", "10 Mail.example.org")] };
  assert.equal(verdict(mail, ["10  mail.example.ORG."]).verdict, "up");
  assert.equal(verdict(mail, ["20 mail.example.org"]).verdict, "down");
});

test("text is compared as it is", () => {
  const text = { records: [record("TXT", "Token ABC")] };
  assert.equal(verdict(text, ["Token ABC"]).verdict, "up");
  assert.equal(verdict(text, ["token abc"]).verdict, "down");
});

test("many or long answers make no long line", () => {
  const records = Array.from({ length: 5000 }, () => record("TXT", "x".repeat(255)));
  const { detail } = verdict({ records });
  assert.ok(detail.length < 400);
  assert.match(detail, /and 4996 more$/);
});
