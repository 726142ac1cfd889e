import assert from "node:assert/strict";
import { test } from "node:test";
import { be32, nested, text, writeAttributes } from "../../../../src/core/netlink/attributes.ts";
import { HostWriter } from "../../../../src/core/netlink/host-bytes.ts";
import { decodeBaseChain, dumpChains } from "../../../../src/core/netlink/nft-chains.ts";
import { codeOf, decodedOf } from "../../../support/packets.ts";

const HOOK = { number: be32(1), priority: be32(2) } as const;
const CHAIN = { table: text(1), chain: text(3), hook: nested(4, HOOK), policy: be32(5) } as const;

function chainBody(family: number, hook?: { number: number; priority: number }, policy?: number) {
  const w = new HostWriter().u8(family).u8(0).be16(0);
  writeAttributes(w, CHAIN, { table: "filter", chain: "in", hook, policy });
  return w.bytes();
}

test("a base chain: its family, hook, priority and policy", () => {
  const of = (family: number, number: number, priority = 0, policy = 1) =>
    decodedOf(decodeBaseChain(chainBody(family, { number, priority: priority >>> 0 }, policy)));
  assert.deepEqual(of(1, 1, -10, 0), {
    family: "inet",
    table: "filter",
    chain: "in",
    hook: "input",
    priority: -10,
    dropsByDefault: true,
  });
  assert.deepEqual(
    [of(2, 0).family, of(2, 0).hook, of(2, 0).dropsByDefault],
    ["ip", "prerouting", false],
  );
  assert.deepEqual([of(10, 3).family, of(10, 3).hook], ["ip6", "output"]);
  assert.deepEqual([of(1, 2).hook, of(1, 4).hook], ["other", "postrouting"]);
  assert.deepEqual(
    [of(5, 0).family, of(5, 0).hook, of(5, 1).hook, of(5, 2).hook],
    ["netdev", "ingress", "egress", "other"],
  );
  assert.deepEqual([of(7, 1).family, of(7, 1).hook], ["other", "other"]);
});

test("a chain that no hook leads to is none of those", () => {
  assert.equal(codeOf(decodeBaseChain(chainBody(1))), "not-a-base-chain");
  assert.equal(codeOf(decodeBaseChain(new Uint8Array(2))), "short");
});

test("all families are asked for", () => {
  assert.deepEqual([dumpChains().type, [...dumpChains().body]], [0x0a04, [0, 0, 0, 0]]);
});
