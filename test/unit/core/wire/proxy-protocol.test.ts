/** The header of a proxy, as proxy-protocol.txt shows it and as HAProxy 2.6 sent it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeProxyHeader, encodeProxyHeader } from "../../../../src/core/wire/proxy-protocol.ts";
import { ip } from "../../../support/packets.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const header = (from: string, to: string) => ({
  source: { ip: ip(from), port: 56324 },
  destination: { ip: ip(to), port: 443 },
});
const V4 = header("192.168.0.1", "192.168.0.11");
const V6 = header("2001:db8::1", "2001:db8::2");

test("version 1 is the line of proxy-protocol.txt, section 2.1", () => {
  const line = "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n";
  assert.equal(new TextDecoder().decode(encodeProxyHeader(V4, 1)), line);
  const line6 = "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n";
  assert.equal(new TextDecoder().decode(encodeProxyHeader(V6, 1)), line6);
});

test("version 2 is the signature, the kind, and the ends", () => {
  const signature = "0d0a0d0a000d0a515549540a";
  assert.deepEqual(
    encodeProxyHeader(V4, 2),
    hex(`${signature} 21 11 000c c0a80001 c0a8000b dc04 01bb`),
  );
  assert.equal(encodeProxyHeader(V6, 2).length, 16 + 36);
  for (const it of [V4, V6])
    for (const version of [1, 2] as const)
      assert.deepEqual(decodeProxyHeader(encodeProxyHeader(it, version)), { ok: true, value: it });
});

test("what is no header has a code", () => {
  const code = (bytes: Uint8Array): string => {
    const read = decodeProxyHeader(bytes);
    return read.ok ? "ok" : read.fault.code;
  };
  const text = (line: string) => new TextEncoder().encode(line);
  assert.equal(code(hex("0d0a")), "short");
  assert.equal(code(hex("00")), "bad-signature");
  assert.equal(code(hex("0d0a0d0a000d0a515549540a 31")), "bad-version");
  assert.equal(code(hex("0d0a0d0a000d0a515549540a 21 00")), "bad-family");
  assert.equal(code(hex("0d0a0d0a000d0a515549540a 21 11 000d")), "bad-length");
  assert.equal(code(text("PROXY TCP4 ::1 ::2 1 2\r\n")), "bad-line");
  assert.equal(code(text("PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n")), "bad-line");
  assert.equal(code(text("PROXY UNKNOWN\r\n")), "bad-line");
});

test("ends of two families, and ports that are none, are a mistake of the caller", () => {
  const mixed = { source: V4.source, destination: V6.destination };
  assert.throws(() => encodeProxyHeader(mixed, 2), RangeError);
  const noPort = { ...V4, source: { ip: V4.source.ip, port: 65_536 } };
  assert.throws(() => encodeProxyHeader(noPort, 1), RangeError);
});
