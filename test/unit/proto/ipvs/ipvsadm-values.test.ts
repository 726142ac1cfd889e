import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp } from "../../../../src/core/addr.ts";
import {
  endpointOf,
  netmaskOf,
  numberOf,
  schedulerFlagsOf,
} from "../../../../src/proto/ipvs/ipvsadm-values.ts";

const word = (text: string) => ({ text, at: 0 });
const endpoint = (text: string): string => {
  const { ip, port } = endpointOf(word(text), "x");
  return `${formatIp(ip)} ${port}`;
};

test("addresses with and without ports", () => {
  assert.equal(endpoint("10.0.0.1:80"), "10.0.0.1 80");
  assert.equal(endpoint("10.0.0.1"), "10.0.0.1 undefined");
  assert.equal(endpoint("[fd00::1]:http"), "fd00::1 80");
  assert.equal(endpoint("fd00::1"), "fd00::1 undefined");
  assert.equal(endpoint("[fd00::1]"), "fd00::1 undefined");
});

const NO_ENDPOINTS: readonly (readonly [text: string, reason: RegExp])[] = [
  ["", /no address/],
  ["80", /no address/],
  ["10.3:80", /no address/],
  ["[10.0.0.1]:80", /no address/],
  ["[fd00::1:80", /no address/],
  ["10.0.0.1:80:81", /no address/],
  ["localhost:80", /is a name, .* write its address/],
  ["10.0.0.1:", /port "" is none/],
  ["10.0.0.1:65536", /port "65536" is none/],
  ["10.0.0.1:nosuch", /port "nosuch" is not known here: write its number/],
];

test("what is no address says why", () => {
  for (const [text, reason] of NO_ENDPOINTS) assert.throws(() => endpoint(text), reason, text);
});

test("numbers have their range", () => {
  assert.equal(numberOf(word("0010"), "weight", 0, 10), 10);
  for (const text of ["11", "-1", "", "1.5", "0x1", "99999999999"])
    assert.throws(() => numberOf(word(text), "weight", 0, 10), /is no number of 0\.\.10$/);
});

test("a length is no netmask of IPv4: ipvsadm takes 24 for 0.0.0.24", () => {
  assert.equal(netmaskOf(word("255.255.255.0")), 0xffffff00);
  assert.throws(() => netmaskOf(word("24")), /as 255\.255\.255\.0/);
});

test("flags have the names of their scheduler", () => {
  assert.equal(schedulerFlagsOf(word("sh-port,sh-fallback"), "sh"), 3);
  assert.equal(schedulerFlagsOf(word("flag-3,mh-port"), "mh"), 6);
  assert.equal(schedulerFlagsOf(word(""), "rr"), 0);
  assert.throws(
    () => schedulerFlagsOf(word("mh-port"), "sh"),
    /"mh-port" is a flag of the scheduler mh, not of sh/,
  );
  assert.throws(() => schedulerFlagsOf(word("flag-4"), "rr"), /flag-4/);
});
