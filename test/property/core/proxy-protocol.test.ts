/** The header of a proxy holds for any ends, and any bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeProxyHeader, encodeProxyHeader } from "../../../src/core/wire/proxy-protocol.ts";

const end = (length: number) =>
  fc.record({
    ip: fc.uint8Array({ minLength: length, maxLength: length }),
    port: fc.nat(65_535),
  });
const headers = fc
  .constantFrom(4, 16)
  .chain((length) => fc.record({ source: end(length), destination: end(length) }));

test("what is written is read again", () => {
  fc.assert(
    fc.property(headers, fc.constantFrom(1, 2), (value, version) => {
      const read = decodeProxyHeader(encodeProxyHeader(value, version as 1 | 2));
      assert.ok(read.ok);
      assert.deepEqual({ ...read.value.source }, { ...value.source });
      assert.deepEqual({ ...read.value.destination }, { ...value.destination });
    }),
  );
});

test("no bytes make the decoder throw, and what it reads is written alike", () => {
  fc.assert(
    fc.property(headers, fc.uint8Array({ maxLength: 120 }), fc.nat(60), (value, junk, at) => {
      decodeProxyHeader(junk);
      const bytes = encodeProxyHeader(value, 2);
      bytes.set(junk.subarray(0, 1), Math.min(at, bytes.length - 1));
      const read = decodeProxyHeader(bytes);
      if (read.ok) assert.deepEqual(encodeProxyHeader(read.value, 2), bytes);
    }),
  );
});
