import assert from "node:assert/strict";
import { test } from "node:test";
import { answersQuery, parseDnsType, rcodeName, refusedDnsName } from "../../../src/core/dns.ts";

const query = { id: 7, name: "www.Example.org", type: "A", recursion: true, edns: null };
const answer = {
  id: 7,
  question: { name: "WWW.example.org.", type: "A" },
  rcode: 0,
  truncated: false,
  recursionAvailable: true,
  authoritative: false,
  authenticated: false,
  records: [],
};

test("an answer has the id and the question of its query, whatever the case", () => {
  assert.ok(answersQuery(answer, query));
  assert.ok(!answersQuery({ ...answer, id: 8 }, query));
  assert.ok(!answersQuery({ ...answer, question: { name: "example.org", type: "A" } }, query));
  assert.ok(!answersQuery({ ...answer, question: { ...answer.question, type: "MX" } }, query));
});

test("an answer without a question is one only where it says no", () => {
  assert.ok(!answersQuery({ ...answer, question: null }, query));
  assert.ok(answersQuery({ ...answer, question: null, rcode: 1 }, query));
});

test("types by name or number", () => {
  assert.deepEqual(parseDnsType("mx"), { type: "MX" });
  assert.deepEqual(parseDnsType("type065"), { type: "TYPE65" });
  for (const bad of ["", "mxx", "TYPE0", "TYPE65536", "TYPE-1"])
    assert.equal(typeof parseDnsType(bad), "string", bad);
});

test("names that fit into a message", () => {
  const [label, four] = ["a".repeat(63), Array(4).fill("a".repeat(62)).join(".")];
  for (const good of [".", "org", "_sip._udp.example.org.", label, `${four}.a`])
    assert.equal(refusedDnsName(good), undefined, good);
  for (const bad of ["", "a..b", ".org", "a b", "müller.de", `${label}a`, `${four}.aa`, "a\n"])
    assert.equal(typeof refusedDnsName(bad), "string", bad);
});

test("codes by name, those of EDNS too", () => {
  assert.deepEqual([0, 15, 16, 4095].map(rcodeName), [
    "NOERROR",
    "RCODE15",
    "BADVERS",
    "RCODE4095",
  ]);
});
