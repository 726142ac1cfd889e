import assert from "node:assert/strict";
import { test } from "node:test";
import {
  instanceKey,
  instanceProblems,
  type VrrpInstance,
} from "../../../../src/app/vrrp/instance.ts";
import { ip } from "../../../support/packets.ts";
import { peersOf, vip, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const problems = (changes: Partial<VrrpInstance>): string[] =>
  instanceProblems(vrrpInstance(changes), null);
const VIP6 = { family: 6, vips: [vip("fd00::100/64")] } as const;

test("one process at a time runs a VRID of a family on an interface", () => {
  assert.equal(instanceKey(vrrpInstance()), "eth0/51/IPv4");
  assert.equal(instanceKey(vrrpInstance(VIP6)), "eth0/51/IPv6");
});

test("a source of another family, a global one of IPv6 and a virtual one cannot be meant", () => {
  assert.deepEqual(problems({}), []);
  assert.deepEqual(problems({ source: ip("10.0.0.1") }), []);
  assert.deepEqual(problems({ ...VIP6, source: ip("fe80::1") }), []);
  assert.match(problems({ source: ip("fe80::1") }).join(), /^source fe80::1 is of another family/);
  assert.match(
    problems({ ...VIP6, source: ip("fd00::1") }).join(),
    /^source fd00::1 is no link-loc/,
  );
  assert.match(problems({ source: ip("10.0.0.100") }).join(), /is a virtual address, which moves/);
});

test("to peers IPv6 adverts may leave from any address that is not virtual", () => {
  const reach = peersOf("fd00::2");
  assert.deepEqual(problems({ ...VIP6, reach, source: ip("fd00::1") }), []);
  assert.match(
    problems({ ...VIP6, reach, source: ip("fd00::100") }).join(),
    /is a virtual address/,
  );
});

test("the owner of the address may send from it", () => {
  const config = vrrpConfig({ priority: 255 });
  assert.deepEqual(problems({ source: ip("10.0.0.100"), config }), []);
});
