import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compareIp,
  familyOf,
  formatCidr,
  formatIp,
  formatMac,
  hasInPrefix,
  includesIp,
  isLinkLocalIp6,
  isMulticastIp,
  isUnspecifiedIp,
  parseCidr,
  parseIp,
  parseMac,
  sameIp,
  sameIpSet,
} from "../../../src/core/addr.ts";
import { ip, toHex } from "../../support/packets.ts";

test("IPv4 is four decimal bytes and nothing else", () => {
  assert.deepEqual(parseIp("192.0.2.255"), Uint8Array.of(192, 0, 2, 255));
  const wrong = [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.04",
    "1.2.3.",
    "1.2.3.0x4",
    " 1.2.3.4",
  ];
  for (const text of [...wrong, "1.2.3.4/24", "1.2.3.-4", "1.2.3.4%eth0"]) {
    assert.equal(parseIp(text), undefined, text);
  }
});

test("IPv6 is read in every form of RFC 4291 section 2.2", () => {
  const forms: readonly [text: string, hex: string][] = [
    ["2001:db8:0:0:8:800:200c:417a", "20010db80000000000080800200c417a"],
    ["2001:DB8::8:800:200C:417A", "20010db80000000000080800200c417a"],
    ["::", "0".repeat(32)],
    ["::1", `${"0".repeat(31)}1`],
    ["fe80::", `fe80${"0".repeat(28)}`],
    ["1:2:3:4:5:6:7::", "00010002000300040005000600070000"],
    ["::2:3:4:5:6:7:8", "00000002000300040005000600070008"],
    ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
    ["64:ff9b::192.0.2.1", "0064ff9b0000000000000000c0000201"],
    ["1:2:3:4:5:6:192.0.2.1", "000100020003000400050006c0000201"],
  ];
  for (const [text, hex] of forms) assert.equal(toHex(ip(text)), hex, text);
});

test("what only looks like IPv6 is refused", () => {
  const wrong = [
    ":",
    ":::",
    "1",
    "1:2",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    ":1::",
  ];
  const wrongParts = ["12345::", "g::", "::1:", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5"];
  for (const text of [
    ...wrong,
    ...wrongParts,
    "1.2.3.4::",
    "::1.2.3.4::",
    "::1/64",
    "fe80::1%eth0",
  ]) {
    assert.equal(parseIp(text), undefined, text);
  }
});

test("IPv6 is written as RFC 5952 section 4 wants it", () => {
  const forms: readonly [text: string, canonical: string][] = [
    ["2001:0DB8::0001", "2001:db8::1"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], // a single group is not shortened
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"], // the longest run
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"], // the first of two
    ["0:0:0:0:0:0:0:0", "::"],
    ["1:0:0:0:0:0:0:0", "1::"],
    ["::ffff:c000:201", "::ffff:192.0.2.1"], // section 5
  ];
  for (const [text, canonical] of forms) assert.equal(formatIp(ip(text)), canonical);
  assert.equal(formatIp(ip("192.0.2.1")), "192.0.2.1");
});

test("an address without a length is a prefix of itself", () => {
  assert.deepEqual(parseCidr("192.0.2.1"), { ip: ip("192.0.2.1"), prefixLength: 32 });
  assert.deepEqual(parseCidr("2001:db8::1"), { ip: ip("2001:db8::1"), prefixLength: 128 });
});

test("a prefix length is decimal and fits the family", () => {
  for (const text of ["192.0.2.1/0", "192.0.2.1/32", "2001:db8::1/128"]) {
    const cidr = parseCidr(text);
    assert.equal(cidr && formatCidr(cidr), text);
  }
  const wrong = ["192.0.2.1/33", "::/129", "::/", "::/64/64", "::/-1", "::/6x", "/24", "::/0064"];
  for (const text of wrong) assert.equal(parseCidr(text), undefined, text);
});

test("addresses are ordered as unsigned numbers", () => {
  const sorted = ["10.0.0.2", "10.0.0.10", "128.0.0.1", "255.0.0.0"];
  assert.deepEqual(sorted.map(ip).reverse().sort(compareIp).map(formatIp), sorted);
  assert.ok(sameIp(ip("::1"), ip("0:0:0:0:0:0:0:1")));
  assert.ok(!sameIp(ip("0.0.0.0"), ip("::")));
});

test("family, multicast and link-local are told by the first bytes and the length", () => {
  assert.deepEqual([familyOf(ip("10.0.0.1")), familyOf(ip("::1"))], [4, 6]);
  const kinds = ["223.255.255.255", "224.0.0.18", "239.0.0.1", "240.0.0.1", "ff02::12", "fe80::1"];
  assert.deepEqual(
    kinds.filter((text) => isMulticastIp(ip(text))),
    ["224.0.0.18", "239.0.0.1", "ff02::12"],
  );
  const locals = ["fe80::1", "febf::1", "fec0::1", "fe7f::1", "254.128.0.1"];
  assert.deepEqual(
    locals.filter((text) => isLinkLocalIp6(ip(text))),
    ["fe80::1", "febf::1"],
  );
});

test("lists of addresses are compared by their members, not by their order", () => {
  const [a, b, c] = [ip("10.0.0.1"), ip("10.0.0.2"), ip("::a00:1")];
  assert.ok(includesIp([a, b], ip("10.0.0.2")));
  assert.ok(!includesIp([a, b], c));
  assert.ok(sameIpSet([a, b], [ip("10.0.0.2"), ip("10.0.0.1")]));
  assert.ok(!sameIpSet([a, b], [a, c]));
  assert.ok(!sameIpSet([a, b], [a]));
});

test("only an address of zeros alone is unspecified", () => {
  const texts = ["0.0.0.0", "::", "0.0.0.1", "::1", "1::"];
  assert.deepEqual(
    texts.filter((text) => isUnspecifiedIp(ip(text))),
    ["0.0.0.0", "::"],
  );
});

test("a MAC is six bytes with colons or dashes and is written with colons", () => {
  assert.equal(formatMac(parseMac("00-00-5E-00-01-07") ?? new Uint8Array()), "00:00:5e:00:01:07");
  assert.equal(formatMac(parseMac("00:00:5e:00:01:07") ?? new Uint8Array()), "00:00:5e:00:01:07");
  for (const text of [
    "",
    "00:00:5e:00:01",
    "00:00:5e:00:01:07:08",
    "0:0:5e:0:1:7",
    "00005e000107",
  ]) {
    assert.equal(parseMac(text), undefined, text);
  }
});

test("a prefix may end within a byte", () => {
  const cidr = { ip: ip("10.0.0.1"), prefixLength: 30 };
  assert.deepEqual(
    ["10.0.0.3", "10.0.0.4", "::a00:3"].map((other) => hasInPrefix(cidr, ip(other))),
    [true, false, false],
  );
  assert.ok(hasInPrefix({ ...cidr, prefixLength: 0 }, ip("192.0.2.1")));
});
