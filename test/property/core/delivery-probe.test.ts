import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type DeliveryProbe,
  decodeDeliveryProbe,
  describeDeliveryProbe,
  encodeDeliveryProbe,
} from "../../../src/core/wire/delivery-probe.ts";
import * as arbitrary from "../../support/arbitraries.ts";
import { decodedOf, ip } from "../../support/packets.ts";

const CARRIERS = [
  { source: ip("10.0.0.1"), destination: ip("224.0.0.18") },
  { source: ip("fe80::1"), destination: ip("ff02::12") },
] as const;

const PLAIN = { noNullPrototype: true } as const;
const u16 = fc.integer({ min: 0, max: 0xffff });
const counts = fc.record({ multicast: u16, unicast: u16 }, PLAIN);
const way = fc.constantFrom("multicast" as const, "unicast" as const);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const probe: fc.Arbitrary<DeliveryProbe> = fc.record(
  {
    kind: fc.constantFrom("question" as const, "answer" as const, "report" as const),
    answerWay: way,
    vrid: fc.integer({ min: 0, max: 255 }),
    nonce: bytes(8),
    asked: bytes(4),
    tally: fc.record({ sent: counts, received: counts, seen: counts }, PLAIN),
  },
  PLAIN,
);

test("what was encoded is decoded, and cut or changed it is not", () => {
  fc.assert(
    fc.property(probe, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, change) => {
      const [carrier] = CARRIERS;
      const sent = encodeDeliveryProbe(value, carrier);
      assert.deepEqual(decodedOf(decodeDeliveryProbe(sent, carrier)), value);
      assert.equal(sent.length, 48, "an answer is as long as its question");
      assert.ok(!decodeDeliveryProbe(sent.subarray(0, at % sent.length), carrier).ok);
      const place = at % sent.length;
      sent[place] = (sent[place] as number) ^ change;
      assert.ok(!decodeDeliveryProbe(sent, carrier).ok, "the checksum finds it");
    }),
  );
});

test("any bytes are decoded or refused, and never thrown over", () => {
  const seed = encodeDeliveryProbe(
    {
      kind: "question",
      answerWay: "unicast",
      vrid: 1,
      nonce: new Uint8Array(8),
      asked: ip("10.0.0.2"),
      tally: {
        sent: { multicast: 1, unicast: 1 },
        received: { multicast: 0, unicast: 0 },
        seen: { multicast: 0, unicast: 0 },
      },
    },
    CARRIERS[0],
  );
  const junk = fc.oneof(fc.uint8Array({ maxLength: 80 }), arbitrary.mutatedOf([seed]));
  fc.assert(
    fc.property(junk, fc.constantFrom(...CARRIERS), (message, carrier) => {
      const decoded = decodeDeliveryProbe(message, carrier);
      if (decoded.ok) assert.match(describeDeliveryProbe(decoded.value), /^delivery /);
    }),
  );
});
