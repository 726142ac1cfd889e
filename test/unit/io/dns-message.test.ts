import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "dns-packet";
import { DNS_TYPES } from "../../../src/core/dns.ts";
import { decodeDnsAnswer, dnsCodec, encodeDnsQuery } from "../../../src/io/dns-message.ts";
import {
  deepPointers,
  dnsBytes,
  dnsReply,
  EDNS,
  POINTS_TO_ITSELF,
} from "../../support/dns-server.ts";

const query = { id: 0x1234, name: "example.org", type: "A", recursion: true, edns: null };
const faultOf = (bytes: Uint8Array) => {
  const decoded = decodeDnsAnswer(bytes);
  return decoded.ok ? "none" : decoded.fault.code;
};

test("a query as RFC 1035 section 4.1 has it", () => {
  assert.deepEqual(
    [...encodeDnsQuery({ ...query, name: "a.bc" })],
    [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 2, 98, 99, 0, 0, 1, 0, 1],
  );
  assert.equal(encodeDnsQuery({ ...query, recursion: false })[2], 0);
  assert.throws(() => encodeDnsQuery({ ...query, id: 65_536 }), RangeError);
  assert.throws(
    () => encodeDnsQuery({ ...query, edns: { ...EDNS, payloadBytes: -1 } }),
    RangeError,
  );
  assert.throws(() => encodeDnsQuery({ ...query, name: "a.".repeat(200) }), RangeError);
});

test("EDNS is an OPT behind it, as RFC 6891 section 6.1.2 has it", () => {
  const bytes = [...encodeDnsQuery({ ...query, name: "a.bc", edns: EDNS })];
  assert.equal(bytes[11], 1);
  assert.deepEqual(bytes.slice(22), [0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0]);
  const plain = encodeDnsQuery({ ...query, edns: { ...EDNS, dnssecOk: false } });
  assert.deepEqual([...plain.slice(-4)], [0, 0, 0, 0]);
});

test("every type that a user can name is asked for, and found in the answer", () => {
  for (const type of [...DNS_TYPES, "TYPE65"]) {
    const asked = encodeDnsQuery({ ...query, type });
    assert.notEqual(decode(Buffer.from(asked)).questions?.[0]?.type, "UNKNOWN_0", type);
    const decoded = decodeDnsAnswer(dnsReply(asked));
    assert.ok(decoded.ok && decoded.value.question?.type === type, type);
  }
});

test("records with their data as a master file has it", () => {
  const name = "example.org";
  const reply = dnsReply(encodeDnsQuery(query), {
    answers: [
      { type: "A", name, ttl: 60, data: "192.0.2.1" },
      { type: "AAAA", name, ttl: 60, data: "2001:db8::1" },
      { type: "MX", name, ttl: 60, data: { preference: 10, exchange: "mx.example.org" } },
      { type: "TXT", name, ttl: 60, data: ["v=spf1 ", "-all"] },
      { type: "SRV", name, ttl: 60, data: { priority: 1, weight: 2, port: 3, target: "sip" } },
      { type: "CAA", name, ttl: 60, data: { flags: 0, tag: "issue", value: "ca.example" } },
      { type: "NULL", name, ttl: 60, data: Buffer.of(0, 255) },
      { type: "CNAME", name, ttl: 4_294_967_295, data: "www.example.org" },
    ],
  });
  const decoded = decodeDnsAnswer(reply);
  assert.ok(decoded.ok);
  assert.deepEqual(
    decoded.value.records.map(({ type, text }) => `${type} ${text}`),
    [
      ...["A 192.0.2.1", "AAAA 2001:db8::1", "MX 10 mx.example.org", "TXT v=spf1 -all"],
      ...["SRV 1 2 3 sip", "CAA 0 issue ca.example", "NULL 00ff", "CNAME www.example.org"],
    ],
  );
  assert.equal(decoded.value.records.at(-1)?.ttlS, 4_294_967_295);
});

test("of an answer that was cut off the header and the question count", () => {
  const whole = dnsReply(encodeDnsQuery(query), {
    flags: 0x0200,
    answers: [{ type: "A", name: "example.org", ttl: 1, data: "192.0.2.1" }],
  });
  const decoded = decodeDnsAnswer(whole.subarray(0, -3));
  assert.ok(decoded.ok && decoded.value.truncated);
  assert.deepEqual(decoded.value.records, []);
});

test("what makes no sense is a fault", () => {
  assert.equal(faultOf(new Uint8Array(11)), "short");
  assert.equal(faultOf(encodeDnsQuery(query)), "no-answer");
  assert.equal(faultOf(POINTS_TO_ITSELF), "malformed");
  assert.equal(faultOf(dnsBytes([65_535, 65_535, 65_535, 65_535])), "malformed");
  assert.equal(faultOf(deepPointers()), "deep-pointers");
  assert.equal(faultOf(dnsBytes([1, 0, 0, 0], 0x40, 0)), "malformed");
});

test("ids are of 16 bits", () => {
  const ids = new Set(Array.from({ length: 100 }, () => dnsCodec.newId()));
  assert.ok(ids.size > 90);
  assert.ok([...ids].every((id) => Number.isInteger(id) && id >= 0 && id <= 0xffff));
});
