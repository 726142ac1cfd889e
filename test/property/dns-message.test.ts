import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as holds, nat, property, uint8Array } from "fast-check";
import { decodeDnsOpt } from "../../src/core/wire/dns-opt.ts";
import { decodeDnsAnswer, encodeDnsQuery } from "../../src/io/dns-message.ts";
import { aRecord, dnsReply, OPT } from "../support/dns-server.ts";

const GOOD = dnsReply(
  encodeDnsQuery({ id: 1, name: "example.org", type: "A", recursion: true, edns: null }),
  {
    answers: [aRecord("example.org", "192.0.2.1"), aRecord("www.example.org", "192.0.2.2")],
    additionals: [OPT],
  },
);

test("any bytes are an answer or a fault", () => {
  holds(
    property(uint8Array({ maxLength: 600 }), (bytes) => {
      assert.equal(typeof decodeDnsAnswer(bytes).ok, "boolean");
      assert.equal(typeof decodeDnsOpt(bytes).ok, "boolean");
    }),
  );
});

test("so is an answer in which bytes were changed, or cut off", () => {
  holds(
    property(nat(GOOD.length - 1), nat(255), nat(GOOD.length), (at, byte, length) => {
      const bytes = GOOD.slice(0, length);
      if (at < length) bytes[at] = byte;
      assert.equal(typeof decodeDnsAnswer(bytes).ok, "boolean");
      assert.equal(typeof decodeDnsOpt(bytes).ok, "boolean");
    }),
  );
});
