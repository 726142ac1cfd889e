/** Bytes and decoded values for tests of `core/wire`: from hex, to hex, down to the IP packet of a frame. */
import assert from "node:assert/strict";
import { parseIp, parseMac } from "../../src/core/addr.ts";
import type { Decoded } from "../../src/core/result.ts";
import { decodeEthernet } from "../../src/core/wire/ethernet.ts";
import { decodeIpv4, type Ipv4Packet } from "../../src/core/wire/ipv4.ts";
import { decodeIpv6, type Ipv6Packet } from "../../src/core/wire/ipv6.ts";

/** Spaces between the digits are for the reader. */
export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The value of a decoding that must have gone well. */
export function decodedOf<T>(result: Decoded<T>): T {
  assert.ok(result.ok, result.ok ? "" : JSON.stringify(result.fault));
  return result.value;
}

/** The code of a decoding that must have failed. */
export function codeOf(result: Decoded<unknown>): string {
  assert.ok(!result.ok, "this decoded");
  return result.fault.code;
}

export const payloadIn = (frame: string): Uint8Array =>
  decodedOf(decodeEthernet(fromHex(frame))).payload;

export const ipv4In = (frame: string): Ipv4Packet => decodedOf(decodeIpv4(payloadIn(frame)));

export const ipv6In = (frame: string): Ipv6Packet => decodedOf(decodeIpv6(payloadIn(frame)));

export function ip(text: string): Uint8Array {
  const address = parseIp(text);
  assert.ok(address !== undefined, text);
  return address;
}

export function mac(text: string): Uint8Array {
  const address = parseMac(text);
  assert.ok(address !== undefined, text);
  return address;
}
