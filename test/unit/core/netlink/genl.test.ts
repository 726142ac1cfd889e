import assert from "node:assert/strict";
import { test } from "node:test";
import { u32 } from "../../../../src/core/netlink/attributes.ts";
import {
  decodeFamily,
  decodeGenl,
  dumpFamilies,
  genlBody,
} from "../../../../src/core/netlink/genl.ts";
import * as vectors from "../../../vectors/ipvs.ts";

test("a family has the number and the name that the controller says", () => {
  assert.deepEqual(decodeFamily(vectors.family), { ok: true, value: { id: 28, name: "IPVS" } });
});

test("all families are asked for: the kernel loads the module of one that is asked for by name", () => {
  const { type, flags, body } = dumpFamilies();
  assert.deepEqual([type, flags], [16, 0x300]);
  assert.deepEqual([...body], [3, 1, 0, 0]);
});

test("an answer without a number or a name is no family", () => {
  for (const body of [dumpFamilies().body, vectors.getFamily]) {
    const result = decodeFamily(body);
    assert.ok(!result.ok);
    assert.deepEqual([result.fault.layer, result.fault.code], ["genl-family", "no-family"]);
  }
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
