import assert from "node:assert/strict";
import { test } from "node:test";
import type { DnsAnswer } from "../../../../src/core/dns.ts";
import type { DnsOpt } from "../../../../src/core/wire/dns-opt.ts";
import { dnsVerdict } from "../../../../src/proto/check/dns-verdict.ts";

const record = (type: string, text: string, ttlS = 300) => ({
  name: "example.org",
  type,
  ttlS,
  text,
});

const verdict = (
  changes: Partial<DnsAnswer>,
  answers: readonly string[] = [],
  rcode = "NOERROR",
  opt: DnsOpt | null | undefined = undefined,
) =>
  dnsVerdict(
    {
      id: 1,
      question: { name: "example.org", type: "A" },
      rcode: 0,
      truncated: false,
      recursionAvailable: true,
      authoritative: true,
      authenticated: false,
      records: [record("A", "192.0.2.1", 60), record("AAAA", "2001:db8::1")],
      ...changes,
    },
    opt,
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
    authenticated: false,
    rtt_ms: 1,
  });
  assert.equal(verdict({ records: [] }).detail, "NOERROR, no records");
  assert.equal(verdict({ records: [] }).facts.ttl_s, null);
});

test("another code says no, also where a refusal was wanted", () => {
  assert.equal(verdict({ rcode: 3 }).class, "L7STS");
  assert.equal(verdict({ rcode: 3 }).detail, "NXDOMAIN instead of NOERROR");
  assert.equal(verdict({ rcode: 5 }, [], "REFUSED").verdict, "up");
  assert.equal(verdict({}, [], "REFUSED").verdict, "down");
});

test("by EDNS the code has twelve bits, and there is to be an OPT", () => {
  const opt = { payloadBytes: 1400, extendedRcode: 0, version: 1, dnssecOk: true };
  const { edns_version, edns_payload_bytes, dnssec_ok } = verdict({}, [], "NOERROR", opt).facts;
  assert.deepEqual([edns_version, edns_payload_bytes, dnssec_ok], [1, 1400, true]);
  const bad = { ...opt, extendedRcode: 1 };
  assert.equal(verdict({}, [], "NOERROR", bad).detail, "BADVERS instead of NOERROR");
  assert.equal(verdict({}, [], "BADVERS", bad).verdict, "up");
  assert.equal(verdict({ rcode: 7 }, [], "NOERROR", bad).facts.rcode, "RCODE23");
  const none = verdict({}, [], "NOERROR", null);
  assert.deepEqual([none.class, none.facts.edns_version], ["L7STS", null]);
  assert.equal(
    verdict({ rcode: 1 }, [], "NOERROR", null).detail,
    "FORMERR instead of NOERROR, without EDNS",
  );
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

test("any code is good where nobody wants a certain one", () => {
  const found = verdict({ rcode: 5, records: [] }, [], "any");
  assert.equal(found.verdict, "up");
  assert.equal(found.detail, "REFUSED, no records");
});
