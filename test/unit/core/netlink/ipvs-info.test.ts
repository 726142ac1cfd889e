import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeInfo, getInfo } from "../../../../src/core/netlink/ipvs-info.ts";
import * as vectors from "../../../vectors/ipvs.ts";

test("version and size of the table", () => {
  assert.deepEqual(decodeInfo(vectors.info), {
    ok: true,
    value: { version: "1.2.1", connectionTableSize: 4096 },
  });
  assert.equal(decodeInfo(Uint8Array.of(1)).ok, false);
  assert.deepEqual([...getInfo().body], [15, 1, 0, 0]);
});
