import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cidrAddress,
  ipAddress,
  macAddress,
  unicastMac,
} from "../../../src/commands/address-options.ts";
import { formatCidr, formatIp, formatMac } from "../../../src/core/addr.ts";

test("addresses of hosts are taken, a missing prefix length means the address alone", () => {
  assert.equal(formatIp(ipAddress("192.0.2.10")), "192.0.2.10");
  assert.equal(formatCidr(cidrAddress("192.0.2.10")), "192.0.2.10/32");
  assert.equal(formatCidr(cidrAddress("2001:db8::1")), "2001:db8::1/128");
  assert.equal(formatCidr(cidrAddress("2001:db8::1/64")), "2001:db8::1/64");
});

test("what no host can have is refused, with and without a prefix length", () => {
  for (const text of ["0.0.0.0", "255.255.255.255", "224.0.0.18", "::", "ff02::12"]) {
    assert.throws(() => ipAddress(text), /is not an address that a host can have/, text);
    assert.throws(() => cidrAddress(`${text}/8`), /is not an address that a host can have/, text);
  }
});

test("what is no address and a prefix that is too long, empty or double have a reason each", () => {
  for (const text of ["", "eth0", "192.0.2", "192.0.2.256", "192.0.2.10/24", "fe80::1%eth0"]) {
    assert.throws(() => ipAddress(text), { name: "UsageError", message: "is no IP address" }, text);
  }
  assert.throws(() => cidrAddress("192.0.2/24"), /is no IP address/);
  for (const text of ["192.0.2.10/33", "192.0.2.10/", "192.0.2.10/24/24", "192.0.2.10/-1"]) {
    assert.throws(() => cidrAddress(text), /has a prefix length that is not within 0\.\.32$/, text);
  }
  assert.throws(() => cidrAddress("2001:db8::1/129"), /not within 0\.\.128$/);
});

test("a MAC address may be of a group as a receiver, not as a sender", () => {
  assert.equal(formatMac(macAddress("01:00:5E:00:00:12")), "01:00:5e:00:00:12");
  assert.equal(formatMac(unicastMac("52-54-00-12-34-56")), "52:54:00:12:34:56");
  assert.throws(() => unicastMac("01:00:5e:00:00:12"), /MAC address of a group/);
  assert.throws(() => macAddress("52:54:00:12:34"), /is no MAC address/);
  assert.throws(() => unicastMac("00:00:00:00:00:00"), /is the MAC address of nobody/);
});
