import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages } from "../../../../src/core/netlink/message.ts";
import {
  addInputChain,
  addRule,
  addTable,
  asBatch,
  deleteTable,
  fromInterface,
  icmp6OfType,
  toAddress,
  verdict,
} from "../../../../src/core/netlink/nftables.ts";
import { nftBatch } from "../../../vectors/nftables.ts";

const ip = (text: string) => parseIp(text) ?? assert.fail(text);

test("a table with its rules is asked for in the very bytes in which nft asks for it", () => {
  const [table, chain] = ["vipkit-eth0-51-ipv6", "input"];
  const ours = asBatch([
    addTable(table, { owned: false }),
    addInputChain(table, chain, 200),
    addRule(table, chain, [...icmp6OfType(135), verdict("accept")]),
    addRule(table, chain, [...toAddress(ip("10.0.0.100")), verdict("drop")]),
    addRule(table, chain, [
      ...fromInterface("eth0"),
      ...toAddress(ip("fe80::100")),
      verdict("drop"),
    ]),
  ]);
  const theirs = decodeNetlinkMessages(nftBatch);
  assert.ok(theirs.ok);
  assert.deepEqual(
    ours,
    theirs.value.map(({ type, flags, body }) => ({ type, flags: flags & ~1, body })),
  );
});

test("a table that is owned says so, a deletion names the table", () => {
  const owned = addTable("t", { owned: true });
  assert.deepEqual([...owned.body.subarray(-4)], [0, 0, 0, 2]);
  assert.deepEqual([...deleteTable("t").body.subarray(4)], [6, 0, 1, 0, 0x74, 0, 0, 0]);
});
