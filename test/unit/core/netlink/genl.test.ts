import assert from "node:assert/strict";
import { test } from "node:test";
import { u32 } from "../../../../src/core/netlink/attributes.ts";
import {
  decodeFamily,
  decodeGenl,
  genlBody,
  getFamily,
} from "../../../../src/core/netlink/genl.ts";
import * as vectors from "../../../vectors/ipvs.ts";

test("the number of a family is what the controller says", () => {
  assert.deepEqual(decodeFamily(vectors.family), { ok: true, value: 28 });
});

test("a family is asked for as ipvsadm asks", () => {
  const { type, flags, body } = getFamily("IPVS");
  assert.deepEqual([type, flags], [16, 0]);
  assert.deepEqual(body, vectors.getFamily);
});

test("an answer without a number is no family", () => {
  const result = decodeFamily(getFamily("IPVS").body);
  assert.ok(!result.ok);
  assert.deepEqual([result.fault.layer, result.fault.code], ["genl-family", "no-family"]);
});

test("attributes follow a header of four bytes", () => {
  const table = { mark: u32(7) };
  const body = genlBody(9, 2, table, { mark: 5 });
  assert.deepEqual([...body.subarray(0, 4)], [9, 2, 0, 0]);
  const read = decodeGenl("test", body, table, ({ mark }) => mark);
  assert.deepEqual(read, { ok: true, value: 5 });
  const short = decodeGenl("test", body.subarray(0, 3), table, () => 0);
  assert.ok(!short.ok && short.fault.code === "short");
});

test("a command that is no byte is a caller's bug", () => {
  assert.throws(() => genlBody(256, 1, {}, {}), RangeError);
});
