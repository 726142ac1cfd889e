import assert from "node:assert/strict";
import test from "node:test";
import { decodeIcmp } from "../../../../src/core/wire/icmp.ts";
import { EchoRequest, type PingPeer, PingTable } from "../../../../src/proto/check/ping.ts";
import { replyTo } from "../../../support/fake-ping.ts";
import { decodedOf, ip } from "../../../support/packets.ts";
import { assertPartly } from "../../../support/partly.ts";

const HOST = "192.0.2.1";
const peer = (address = HOST): PingPeer => ({ ip: ip(address), duplicates: 0, late: 0 });
const replyFor = (sequence: number, identifier = 7): Uint8Array =>
  replyTo(new EchoRequest(4, identifier, 8).numbered(sequence), 4);

/** A table with one request under way to HOST, until 100. */
function oneAsked() {
  const table = new PingTable<string>(4, 7);
  const asked = peer();
  const sequence = table.ask(asked, "waiter", 100, 0) as number;
  return { table, asked, sequence };
}

test("every sequence number leaves with a checksum that is right", () => {
  const request = new EchoRequest(4, 0xbeef, 56);
  for (const sequence of [0, 1, 0x7fff, 0xfffe, 0xffff, 5]) {
    const decoded = decodedOf(decodeIcmp(request.numbered(sequence)));
    assertPartly(decoded, {
      kind: "echo-request",
      identifier: 0xbeef,
      sequence,
    });
  }
});

test("the first reply in time is the answer, each further one a duplicate", () => {
  const { table, asked, sequence } = oneAsked();
  const reply = replyFor(sequence);
  assert.equal(table.reply(reply, ip(HOST), 50), "waiter");
  assert.equal(table.reply(reply, ip(HOST), 51), undefined);
  assert.equal(table.reply(reply, ip(HOST), 200), undefined);
  assert.deepEqual([asked.duplicates, asked.late], [2, 0]);
});

test("a reply behind the deadline is late, and no answer", () => {
  const { table, asked, sequence } = oneAsked();
  assert.equal(table.reply(replyFor(sequence), ip(HOST), 101), undefined);
  assert.deepEqual([asked.duplicates, asked.late], [0, 1]);
});

for (const [name, message, source] of [
  ["from another source", replyFor(0), "192.0.2.2"],
  ["with another identifier", replyFor(0, 8), HOST],
  ["with another sequence number", replyFor(1), HOST],
  ["with a wrong checksum", replyFor(0).fill(1, 12, 13), HOST],
  ["with a code", replyFor(0).fill(1, 1, 2), HOST],
  ["that is a request", new EchoRequest(4, 7, 8).numbered(0), HOST],
  ["that is cut", replyFor(0).subarray(0, 7), HOST],
] as const) {
  test(`a reply ${name} is nobody's`, () => {
    const { table, asked } = oneAsked();
    assert.equal(table.reply(message, ip(source), 50), undefined);
    assert.deepEqual([asked.duplicates, asked.late], [0, 0]);
    assert.equal(table.reply(replyFor(0), ip(HOST), 51), "waiter"); // that one still counts
  });
}

test("a refusal belongs to the request that it quotes, with its destination", () => {
  const { table, sequence } = oneAsked();
  const request = new EchoRequest(4, 7, 8).numbered(sequence);
  assert.equal(table.refusal(request, ip("192.0.2.2"), 50), undefined);
  assert.equal(table.refusal(replyFor(sequence), ip(HOST), 50), undefined);
  assert.equal(table.refusal(request, ip(HOST), 50), "waiter");
  assert.equal(table.refusal(request, ip(HOST), 51), undefined);
});

test("where the kernel looks at the identifier, any is right", () => {
  const table = new PingTable<string>(4, null);
  const sequence = table.ask(peer(), "waiter", 100, 0) as number;
  assert.equal(table.reply(replyFor(sequence, 0x4444), ip(HOST), 1), "waiter");
});

test("a number is not given away while its answer is awaited, and is free after its deadline", () => {
  const table = new PingTable<string>(4, 7);
  const first = table.ask(peer(), "first", 100, 0);
  for (let n = 1; n < 0x10000; n += 1) assert.notEqual(table.ask(peer(), "other", 50, 0), first);
  assert.equal(table.ask(peer(), "too much", 100, 10), undefined);
  assert.notEqual(table.ask(peer(), "later", 200, 60), first);
});

test("a request that was not sent leaves its number free", () => {
  const { table, sequence } = oneAsked();
  table.forget(sequence);
  assert.equal(table.reply(replyFor(sequence), ip(HOST), 1), undefined);
});
