import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HostWriter } from "../../../../src/core/netlink/host-bytes.ts";
import { decodeProcEvent, procListen } from "../../../../src/core/netlink/proc-connector.ts";

/** struct cn_msg around an event; made by hand from linux/cn_proc.h. */
function message(what: number, ids: readonly number[], name?: string): Uint8Array {
  const event = new HostWriter().u32(what).u32(3).zeros(8);
  for (const id of ids) event.u32(id);
  if (name !== undefined) event.raw(new TextEncoder().encode(name.padEnd(16, "\0")));
  const body = event.bytes();
  const head = new HostWriter().u32(1).u32(1).u32(7).u32(0).u16(body.length).u16(0);
  return head.raw(body).bytes();
}

const read = (bytes: Uint8Array) => {
  const decoded = decodeProcEvent(bytes);
  return decoded.ok ? decoded.value : decoded.fault.code;
};

test("events are read field by field", () => {
  const fork = { kind: "fork", parentTgid: 11, pid: 20, tgid: 21 };
  assert.deepEqual(read(message(1, [10, 11, 20, 21])), fork);
  assert.deepEqual(read(message(2, [20, 21])), { kind: "exec", pid: 20, tgid: 21 });
  assert.deepEqual(read(message(0x8000_0000, [20, 21, 256, 17, 10, 11])), {
    kind: "exit",
    pid: 20,
    tgid: 21,
  });
  const comm = { kind: "comm", pid: 20, tgid: 21, name: "a name of 15 by" };
  assert.deepEqual(read(message(0x200, [20, 21], "a name of 15 by")), comm);
  assert.deepEqual(read(message(0, [1])), { kind: "answer", errno: 1 });
  assert.deepEqual(read(message(4, [20, 21])), { kind: "other", what: 4 });
});

test("what is cut, or of another connector, is told by a code", () => {
  const whole = message(1, [10, 11, 20, 21]);
  for (let length = 0; length < whole.length; length += 1)
    assert.match(String(read(whole.subarray(0, length))), /^(short|bad-length)$/);
  const other = whole.slice();
  other[0] = 9;
  other[3] = 9;
  assert.equal(read(other), "not-proc");
});

test("no bytes make it throw", () => {
  const bytes = fc.uint8Array({ maxLength: 80 });
  const changed = fc.tuple(fc.nat(59), fc.nat(255)).map(([at, value]) => {
    const copy = message(0x200, [20, 21], "name");
    copy[at % copy.length] = value;
    return copy;
  });
  fc.assert(fc.property(fc.oneof(bytes, changed), (any) => void decodeProcEvent(any)));
});

test("a request is a connector's message with one number", () => {
  for (const [listen, op] of [
    [true, 1],
    [false, 2],
  ] as const) {
    const { type, body } = procListen(listen);
    const view = new DataView(body.buffer, body.byteOffset);
    const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
    assert.deepEqual([type, body.length], [3, 24]);
    assert.deepEqual([view.getUint32(0, little), view.getUint32(4, little)], [1, 1]);
    assert.deepEqual([view.getUint16(16, little), view.getUint32(20, little)], [4, op]);
  }
});
