import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryProbe } from "../../../../src/core/wire/delivery-probe.ts";
import { DeliveryResponder } from "../../../../src/proto/doctor/delivery-responder.ts";
import { TallyBook } from "../../../../src/proto/doctor/delivery-tally.ts";
import { ip } from "../../../support/packets.ts";

const question = (changes: Partial<DeliveryProbe> = {}): DeliveryProbe => ({
  kind: "question",
  answerWay: "unicast",
  vrid: 0,
  nonce: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  asked: ip("10.0.0.3"),
  tally: new TallyBook().tally(),
  ...changes,
});
const nonce = (n: number) => ({ nonce: Uint8Array.of(n >> 8, n, 0, 0, 0, 0, 0, 0) });

test("each question has one answer, by the way that it wants, with the figures so far", () => {
  const responder = new DeliveryResponder();
  responder.see("10.0.0.1", question(), "multicast", 0);
  const answer = responder.hear("10.0.0.1", question(), "multicast", 0);
  assert.deepEqual(answer, {
    ...question({ kind: "answer" }),
    tally: {
      sent: { multicast: 0, unicast: 1 },
      received: { multicast: 1, unicast: 0 },
      seen: { multicast: 1, unicast: 0 },
    },
  });
});

test("a report is answered by one and counts as nothing; an answer has no answer", () => {
  const responder = new DeliveryResponder();
  responder.see("10.0.0.1", question({ kind: "report" }), "unicast", 0);
  const report = responder.hear("10.0.0.1", question({ kind: "report" }), "unicast", 0);
  assert.deepEqual(report, question({ kind: "report" }));
  assert.equal(
    responder.hear("10.0.0.9", question({ kind: "answer", ...nonce(7) }), "unicast", 0),
    undefined,
  );
  responder.see("10.0.0.9", question({ kind: "answer", ...nonce(7) }), "unicast", 0);
  assert.equal(responder.askers, 1);
});

test("a flood gets no more than so many answers in a second, half of them by multicast", () => {
  const responder = new DeliveryResponder();
  const answered = { multicast: 0, unicast: 0 };
  for (let n = 0; n < 20_000; n++) {
    const answerWay = n % 2 === 0 ? "multicast" : "unicast";
    const probe = question({ answerWay, ...nonce(n % 3000) });
    if (responder.hear(`10.0.${n % 200}.1`, probe, "multicast", n / 20_000) !== undefined)
      answered[answerWay] += 1;
  }
  assert.deepEqual(answered, { multicast: 40, unicast: 40 });
  assert.equal(responder.askers, 64, "the books are bounded");
  assert.notEqual(responder.hear("10.0.0.1", question(nonce(0)), "unicast", 1000), undefined);
});

test("who asked is told once, when nothing of it came for a second, or at the end", () => {
  const responder = new DeliveryResponder();
  const tally = { ...new TallyBook().tally(), sent: { multicast: 10, unicast: 10 } };
  responder.hear("10.0.0.1", question(), "multicast", 0);
  responder.hear("10.0.0.1", question({ tally }), "unicast", 600);
  responder.hear("10.0.0.1", question(), "unicast", 601); // overtaken
  assert.deepEqual(responder.takeSettled(1500), []);
  const [record, ...more] = responder.takeSettled(1601);
  assert.deepEqual([record?.source, record?.theirs, more], ["10.0.0.1", tally, []]);
  assert.deepEqual(record?.ours.received, { multicast: 1, unicast: 2 });
  assert.deepEqual(responder.takeSettled(9999), []);
  responder.see("10.0.0.2", question(nonce(9)), "multicast", 10_000);
  assert.equal(responder.takeSettled(Number.POSITIVE_INFINITY).length, 1);
});
