/** In how many of many networks an address is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cidr, type IpBytes, parseCidr, parseIp } from "../../../src/core/addr.ts";
import { Networks } from "../../../src/core/networks.ts";

const networks = new Networks(
  ["10.0.0.1/24", "10.0.0.9/24", "10.0.0.9/32", "10.0.1.1/23", "2001:db8::1/60", "a00::/8"].map(
    (text) => parseCidr(text) as Cidr,
  ),
);

test("an address is in each network that has its first bits, of its own family", () => {
  const count = (text: string): number => networks.having(parseIp(text) as IpBytes);
  assert.equal(count("10.0.0.9"), 4);
  assert.equal(count("10.0.0.7"), 3);
  assert.equal(count("10.0.1.7"), 1);
  assert.equal(count("10.0.2.7"), 0);
  assert.equal(count("2001:db8:0:f::1"), 1);
  assert.equal(count("2001:db8:0:10::1"), 0);
  assert.equal(count("a00:5::1"), 1);
});
