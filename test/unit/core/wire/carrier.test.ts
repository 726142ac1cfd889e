import assert from "node:assert/strict";
import { test } from "node:test";
import { pseudoHeader } from "../../../../src/core/wire/carrier.ts";
import { ip, toHex } from "../../../support/packets.ts";

test("the pseudo-header of IPv4 ends in protocol and 16-bit length", () => {
  const carrier = { source: ip("10.0.0.1"), destination: ip("224.0.0.18") };
  assert.equal(toHex(pseudoHeader(carrier, 112, 0x0110)), `0a000001e000001200700110`);
});

test("the pseudo-header of IPv6 ends in 32-bit length and protocol", () => {
  const carrier = { source: ip("fe80::1"), destination: ip("ff02::12") };
  assert.equal(
    toHex(pseudoHeader(carrier, 112, 0x0110)),
    `fe80${"0".repeat(27)}1ff02${"0".repeat(26)}120000011000000070`,
  );
});

test("addresses of two families are a caller's bug", () => {
  const carrier = { source: ip("10.0.0.1"), destination: ip("ff02::12") };
  assert.throws(() => pseudoHeader(carrier, 112, 20), RangeError);
});
