/** Whatever comes from the network: a message is an answer only where all of it fits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EchoRequest, PingTable } from "../../src/proto/check/ping.ts";
import { replyTo } from "../support/fake-ping.ts";

const family = fc.constantFrom(4 as const, 6 as const);
const address = (of: 4 | 6) => new Uint8Array(of === 4 ? 4 : 16).fill(9);

test("any bytes from anybody are taken without an error, and answer nothing", () => {
  fc.assert(
    fc.property(
      family,
      fc.uint8Array({ maxLength: 100 }),
      fc.uint8Array({ maxLength: 20 }),
      (of, message, source) => {
        const table = new PingTable<number>(of, 0x1234);
        const peer = { ip: address(of), duplicates: 0, late: 0 };
        table.ask(peer, 1, 100, 0);
        assert.equal(table.reply(message, source, 1), undefined);
        assert.equal(table.refusal(message, source, 1), undefined);
      },
    ),
  );
});

test("a reply answers its own request once, in any order", () => {
  fc.assert(
    fc.property(
      family,
      fc.integer({ min: 0, max: 0xffff }),
      fc.array(fc.nat(19), { maxLength: 60 }),
      (of, identifier, order) => {
        const table = new PingTable<number>(of, identifier);
        const peer = { ip: address(of), duplicates: 0, late: 0 };
        const request = new EchoRequest(of, identifier, 12);
        const replies = Array.from({ length: 20 }, (_, n) => {
          const sequence = table.ask(peer, n, 100, 0) as number;
          return replyTo(request.numbered(sequence).slice(), of);
        });
        const answered = new Set<number>();
        for (const n of order) {
          const waiter = table.reply(replies[n] as Uint8Array, peer.ip, 1);
          assert.equal(waiter, answered.has(n) ? undefined : n);
          answered.add(n);
        }
        assert.equal(peer.duplicates, order.length - answered.size);
      },
    ),
  );
});
