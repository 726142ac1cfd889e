import assert from "node:assert/strict";
import { test } from "node:test";
import { nested, text, u8, writeAttributes } from "../../../../src/core/netlink/attributes.ts";
import { HostWriter } from "../../../../src/core/netlink/host-bytes.ts";
import { decodeBridgeMulticast } from "../../../../src/core/netlink/rtnl-bridge.ts";
import { codeOf, decodedOf } from "../../../support/packets.ts";

const DATA = { snooping: u8(23), querier: u8(25) } as const;
const IFLA = { name: text(3), info: nested(18, { kind: text(1), data: nested(2, DATA) }) } as const;

function linkBody(kind: string, data: { snooping?: number; querier?: number }): Uint8Array {
  const w = new HostWriter().zeros(16);
  writeAttributes(w, IFLA, { name: "br0", info: { kind, data } });
  return w.bytes();
}

test("a bridge says whether it snoops and asks", () => {
  const of = (snooping: number, querier: number) =>
    decodedOf(decodeBridgeMulticast(linkBody("bridge", { snooping, querier })));
  assert.deepEqual(of(1, 0), { snooping: true, querier: false });
  assert.deepEqual(of(0, 1), { snooping: false, querier: true });
});

test("other links are none, and neither is a bridge that knows no snooping", () => {
  assert.equal(codeOf(decodeBridgeMulticast(linkBody("vxlan", { snooping: 1 }))), "not-a-bridge");
  assert.equal(codeOf(decodeBridgeMulticast(linkBody("bridge", {}))), "not-a-bridge");
  assert.equal(codeOf(decodeBridgeMulticast(new Uint8Array(4))), "short");
});
