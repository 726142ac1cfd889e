import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeGenl } from "../../../../src/core/netlink/genl.ts";
import type { HostReader } from "../../../../src/core/netlink/host-bytes.ts";
import {
  addressFamilyOf,
  familyOfNumber,
  IPVS_COMMANDS,
  IPVS_INFO,
  inetAddress,
  ipvsRequest,
} from "../../../../src/core/netlink/ipvs.ts";
import { meaning } from "../../../support/ipvs-meaning.ts";
import * as vectors from "../../../vectors/ipvs.ts";

const reading = (read: (r: HostReader) => unknown) =>
  decodeGenl("test", new Uint8Array(4), {}, (_, r) => read(r));

test("all bits of a service's flags are meant", () => {
  const { body } = ipvsRequest(IPVS_COMMANDS.newService, { service: { flags: 0x1b } });
  const at = body.length - 8;
  assert.deepEqual([...body.subarray(at)], [0x1b, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  assert.equal(meaning(vectors.addPersistent).service?.flags, 0x19);
});

test("families have the kernel's numbers, both ways", () => {
  for (const family of [4, 6] as const) {
    const result = reading((r) => familyOfNumber(r, addressFamilyOf(family)));
    assert.deepEqual(result, { ok: true, value: family });
  }
  for (const number of [0, 1, 3, undefined]) {
    const result = reading((r) => familyOfNumber(r, number));
    assert.ok(!result.ok && result.fault.code === "other-family");
  }
});

test("an address is the first bytes of a room for either family", () => {
  const room = Uint8Array.from({ length: 16 }, (_, index) => index);
  assert.deepEqual(
    reading((r) => [inetAddress(r, room, 4), inetAddress(r, room, 6)]),
    { ok: true, value: [room.slice(0, 4), room] },
  );
  for (const [bytes, family] of [
    [undefined, 4],
    [room.slice(0, 3), 4],
    [room.slice(0, 15), 6],
  ] as const) {
    const result = reading((r) => inetAddress(r, bytes, family));
    assert.ok(!result.ok && result.fault.code === "no-address");
  }
});

test("the version is told as one number", () => {
  const read = decodeGenl("info", vectors.info, IPVS_INFO, (values) => values);
  assert.deepEqual(read, { ok: true, value: { version: 0x10201, connectionTableSize: 4096 } });
});
