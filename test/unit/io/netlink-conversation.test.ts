import assert from "node:assert/strict";
import { test } from "node:test";
import { HostReader, HostWriter } from "../../../src/core/netlink/host-bytes.ts";
import {
  DUMP_INTERRUPTED,
  decodeNetlinkMessages,
  type NetlinkMessage,
  type NetlinkRequest,
  REQUEST_FLAGS,
} from "../../../src/core/netlink/message.ts";
import { NetlinkConversation, packRequests } from "../../../src/io/netlink-conversation.ts";

const request = (bytes = 8, flags = 0): NetlinkRequest => ({
  type: 20,
  flags,
  body: new Uint8Array(bytes),
});
const dump = request(8, REQUEST_FLAGS.dump);
const ack = (sequence: number, error = 0): NetlinkMessage => ({
  type: 2,
  flags: 0x100,
  sequence,
  portId: 1,
  body: new HostWriter()
    .u32(error >>> 0)
    .zeros(16)
    .bytes(),
});
const item = (sequence: number, flags = 2): NetlinkMessage => ({
  type: 20,
  flags,
  sequence,
  portId: 1,
  body: Uint8Array.of(sequence),
});

test("requests are numbered in their order, and the last one asks for an ack", () => {
  const { datagram } = new NetlinkConversation([request(), request()], 41);
  const sent = decodeNetlinkMessages(datagram);
  assert.ok(sent.ok);
  assert.deepEqual(
    sent.value.map(({ sequence, flags }) => [sequence, flags]),
    [
      [41, 1],
      [42, 5],
    ],
  );
});

test("answers are matched by their numbers; who got none before the end was agreed to", () => {
  const conversation = new NetlinkConversation([request(), request(), request(), request()], 7);
  for (const message of [ack(7, -17), item(8)]) conversation.take(message);
  assert.equal(conversation.ended, false);
  conversation.take(ack(10));
  assert.equal(conversation.ended, true);
  const [refused, ...agreed] = conversation.answers();
  assert.equal(refused?.refusal?.code, "EEXIST");
  assert.deepEqual(agreed, [
    { messages: [{ type: 20, body: Uint8Array.of(8) }] },
    { messages: [] },
    { messages: [] },
  ]);
});

test("a refusal of the last request is the end as well", () => {
  const conversation = new NetlinkConversation([request(), request()], 7);
  conversation.take(ack(8, -17));
  assert.equal(conversation.ended, true);
  const [first, second] = conversation.answers();
  assert.deepEqual(first, { messages: [] });
  assert.equal(second?.refusal?.code, "EEXIST");
});

test("answers to another conversation, and a second ack, change nothing", () => {
  const conversation = new NetlinkConversation([request(), request()], 7);
  for (const message of [ack(6), item(9), ack(9), ack(7), ack(7), item(7)]) {
    conversation.take(message);
  }
  assert.equal(conversation.ended, false);
  conversation.take(ack(8));
  assert.deepEqual(conversation.answers(), [{ messages: [] }, { messages: [] }]);
});

test("sequence numbers go on from 0 behind 2^32", () => {
  const conversation = new NetlinkConversation([request(), request()], 0xffffffff);
  const r = new HostReader(conversation.datagram);
  r.skip(24 + 8);
  assert.equal(r.u32(), 0);
  for (const sequence of [0xffffffff, 0]) conversation.take(ack(sequence));
  assert.equal(conversation.ended, true);
});

test("one interrupted part makes the whole dump interrupted", () => {
  const conversation = new NetlinkConversation([dump], 1);
  conversation.take(item(1));
  assert.equal(conversation.interrupted, false);
  conversation.take(item(1, 2 | DUMP_INTERRUPTED));
  conversation.take({ ...ack(1), type: 3 });
  assert.equal(conversation.interrupted, true);
});

test("what the kernel answers with an errno that nobody knows keeps its number", () => {
  const conversation = new NetlinkConversation([request()], 1);
  conversation.take(ack(1, -524));
  assert.equal(conversation.answers()[0]?.refusal?.code, "errno-524");
});

test("an end that cannot be read is not taken for success", () => {
  const conversation = new NetlinkConversation([request()], 1);
  conversation.take({ ...ack(1), body: Uint8Array.of(0) });
  assert.throws(() => conversation.answers(), { code: "bad-answer" });
});

test("packs keep the order, stay below the refusals that a socket holds, and leave a dump alone", () => {
  const requests = [...Array.from({ length: 130 }, () => request()), dump, dump, request()];
  const packs = packRequests(requests);
  assert.deepEqual(packs.flat(), requests);
  assert.deepEqual(
    packs.map((pack) => pack.length),
    [128, 2, 1, 1, 1],
  );
});

test("packs stay below the size that one datagram may have", () => {
  const packs = packRequests(Array.from({ length: 5 }, () => request(10_000)));
  assert.deepEqual(
    packs.map((pack) => pack.length),
    [3, 2],
  );
  assert.equal(packRequests([request(50_000)]).length, 1);
});
