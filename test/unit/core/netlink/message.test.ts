import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeNetlinkAck,
  decodeNetlinkMessages,
  encodeNetlinkMessages,
  endsAnswer,
  type NetlinkMessage,
} from "../../../../src/core/netlink/message.ts";
import * as vectors from "../../../vectors/rtnl.ts";

const messagesOf = (datagram: Uint8Array): NetlinkMessage[] => {
  const result = decodeNetlinkMessages(datagram);
  assert.ok(result.ok);
  return result.value;
};
const ackOf = (datagram: Uint8Array) => {
  const result = decodeNetlinkAck(messagesOf(datagram)[0] as NetlinkMessage);
  assert.ok(result.ok);
  return result.value;
};

test("a datagram of several messages is walked to its end", () => {
  const messages = messagesOf(vectors.addressDump6);
  assert.deepEqual(
    messages.map((message) => [message.type, endsAnswer(message)]),
    [
      [20, false],
      [20, false],
      [3, true],
    ],
  );
});

test("messages written again have the bytes they were read from", () => {
  for (const datagram of [vectors.addressAdd4, vectors.addressDump6]) {
    assert.deepEqual(encodeNetlinkMessages(messagesOf(datagram)), datagram);
  }
});

test("a body of odd length is padded, and the padding is not part of it", () => {
  const message = { type: 16, flags: 0, sequence: 7, portId: 9, body: Uint8Array.of(1, 2, 3) };
  const bytes = encodeNetlinkMessages([message]);
  assert.equal(bytes.length, 20);
  assert.deepEqual(messagesOf(bytes), [message]);
});

test("an ack without an error is success", () => {
  assert.deepEqual(ackOf(vectors.plainAck), { errno: 0, detail: "" });
});

test("a refusal carries its errno, and the kernel's words when there are any", () => {
  assert.deepEqual(ackOf(vectors.refusalWithoutText), { errno: 16, detail: "" });
  const refusal = { errno: 17, detail: "ipv4: Address already assigned" };
  assert.deepEqual(ackOf(vectors.refusalWithText), refusal);
});

test("a capped refusal has its words right behind the header of the request", () => {
  const uncapped = messagesOf(vectors.refusalWithText)[0] as NetlinkMessage;
  const requestBodyBytes = 0x28 - 16;
  const body = Uint8Array.of(
    ...uncapped.body.subarray(0, 20),
    ...uncapped.body.subarray(20 + requestBodyBytes),
  );
  const ack = decodeNetlinkAck({ ...uncapped, flags: uncapped.flags | 0x100, body });
  assert.ok(ack.ok);
  assert.equal(ack.value.detail, "ipv4: Address already assigned");
});

test("a dump can end with an error, and an empty end is a good one", () => {
  const done = { type: 3, flags: 0, sequence: 1, portId: 1 };
  const refused = decodeNetlinkAck({ ...done, body: Uint8Array.of(0xea, 0xff, 0xff, 0xff) });
  assert.deepEqual(refused, { ok: true, value: { errno: 22, detail: "" } });
  const empty = decodeNetlinkAck({ ...done, body: new Uint8Array() });
  assert.deepEqual(empty, { ok: true, value: { errno: 0, detail: "" } });
});

test("a length below that of the header is refused instead of looping", () => {
  const bytes = vectors.plainAck.slice();
  bytes[0] = 8;
  const fault = { layer: "netlink", code: "bad-length", offset: 4 };
  assert.deepEqual(decodeNetlinkMessages(bytes), { ok: false, fault });
});

test("a message cut short is refused", () => {
  const result = decodeNetlinkMessages(vectors.plainAck.subarray(0, -4));
  assert.equal(!result.ok && result.fault.code, "short");
});
