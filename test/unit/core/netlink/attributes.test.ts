import assert from "node:assert/strict";
import { test } from "node:test";
import { decodingWith } from "../../../../src/core/bytes.ts";
import {
  type AttrTable,
  type AttrValues,
  be16,
  ip,
  nested,
  raw,
  readAttributes,
  text,
  u8,
  u16,
  u32,
  writeAttributes,
} from "../../../../src/core/netlink/attributes.ts";
import { HostReader, HostWriter } from "../../../../src/core/netlink/host-bytes.ts";

const TABLE = {
  weight: u32(4),
  port: be16(2),
  address: ip(1),
  label: text(3),
  flavour: u8(5),
  span: u16(6),
  blob: raw(7),
  inner: nested(8, { activeConns: u32(1) }, 4),
} as const;

const encode = <T extends AttrTable>(table: T, values: AttrValues<T>): Uint8Array => {
  const w = new HostWriter();
  writeAttributes(w, table, values);
  return w.bytes();
};
const decode = (bytes: Uint8Array) =>
  decodingWith("test", new HostReader(bytes), (r) => readAttributes(r, TABLE));

test("every kind of row reads what it wrote", () => {
  const values = {
    weight: 0xfffffffe,
    port: 8080,
    address: Uint8Array.of(192, 0, 2, 1),
    label: "eth0:é",
    flavour: 255,
    span: 0x1234,
    blob: Uint8Array.of(1, 2, 3, 4, 5),
    inner: { activeConns: 7 },
  };
  assert.deepEqual(decode(encode(TABLE, values)), { ok: true, value: values });
});

test("a be16 stands in network order, whatever the host's", () => {
  assert.deepEqual([...encode(TABLE, { port: 0x1f90 }).subarray(4)], [0x1f, 0x90, 0, 0]);
});

test("values that are not there are not written", () => {
  assert.equal(encode(TABLE, { weight: undefined }).length, 0);
});

test("a nested attribute is marked as such and padded as a whole", () => {
  const bytes = encode(TABLE, { inner: { activeConns: 7 } });
  const header = new HostReader(bytes);
  assert.deepEqual([header.u16(), header.u16()], [16, 0x8008]);
});

test("attributes without a row are skipped", () => {
  const newer = encode({ novelty: raw(99) }, { novelty: Uint8Array.of(1, 2, 3) });
  const known = encode(TABLE, { flavour: 3 });
  assert.deepEqual(decode(Uint8Array.of(...newer, ...known)), { ok: true, value: { flavour: 3 } });
});

test("an attribute of the wrong size fails by its name, also inside another", () => {
  const wrongPort = encode({ port: u32(2) }, { port: 1 });
  assert.deepEqual(decode(wrongPort), {
    ok: false,
    fault: { layer: "test", code: "bad-port", offset: 4 },
  });
  const inner = encode({ inner: nested(8, { conns: u8(1) }, 4) }, { inner: { conns: 1 } });
  assert.deepEqual(decode(inner), {
    ok: false,
    fault: { layer: "test", code: "bad-active-conns", offset: 12 },
  });
});

test("an attribute shorter than its header is refused instead of looping", () => {
  const result = decode(new Uint8Array(4));
  assert.equal(!result.ok && result.fault.code, "bad-attribute-length");
});

test("an attribute that claims more than there is is refused", () => {
  const result = decode(encode(TABLE, { weight: 1 }).subarray(0, 6));
  assert.equal(!result.ok && result.fault.code, "short");
});

test("the last attribute may lack its padding", () => {
  assert.deepEqual(decode(encode(TABLE, { flavour: 9 }).subarray(0, 5)), {
    ok: true,
    value: { flavour: 9 },
  });
});

test("writing is strict: what does not fit is a caller's bug", () => {
  assert.throws(() => encode(TABLE, { port: 65536 }), RangeError);
  assert.throws(() => encode(TABLE, { weight: -1 }), RangeError);
  assert.throws(() => encode(TABLE, { address: Uint8Array.of(1, 2, 3) }), RangeError);
  assert.throws(() => encode(TABLE, { label: "a\0b" }), RangeError);
});
