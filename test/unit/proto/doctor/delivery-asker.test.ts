import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryTally } from "../../../../src/core/wire/delivery-probe.ts";
import { type AskerOrder, DeliveryAsker } from "../../../../src/proto/doctor/delivery-asker.ts";
import { TallyBook } from "../../../../src/proto/doctor/delivery-tally.ts";

/** Runs it to its end; `answer` is what comes of each order. */
function play(asker: DeliveryAsker, answer: (order: AskerOrder) => void = () => {}): AskerOrder[] {
  const orders = asker.handle({ kind: "started" }, 0);
  for (const order of orders) answer(order);
  while (Number.isFinite(asker.deadlineMs)) {
    const more = asker.handle({ kind: "timer-expired" }, asker.deadlineMs);
    for (const order of more) answer(order);
    orders.push(...more);
  }
  return orders;
}

const tallyOf = (changes: Partial<DeliveryTally>): DeliveryTally => ({
  ...new TallyBook().tally(),
  ...changes,
});

test("each way is asked by so often, half of its answers by the other; then reports, then the end", () => {
  const orders = play(new DeliveryAsker(10));
  const questions = orders.filter((it) => it.kind === "send" && it.probe === "question");
  const count = (way: string, answerWay: string) =>
    questions.filter((it) => it.kind === "send" && it.way === way && it.answerWay === answerWay)
      .length;
  assert.deepEqual(
    [
      count("multicast", "multicast"),
      count("multicast", "unicast"),
      count("unicast", "multicast"),
      count("unicast", "unicast"),
    ],
    [5, 5, 5, 5],
  );
  assert.deepEqual(
    orders
      .slice(20)
      .map((it) => (it.kind === "send" ? `${it.probe} ${it.way} ${it.answerWay}` : it.kind)),
    [
      "report multicast multicast",
      "report multicast unicast",
      "report unicast multicast",
      "report unicast unicast",
      "finish",
    ],
  );
});

test("an early timer does nothing, and after the end nothing happens", () => {
  const asker = new DeliveryAsker(1);
  asker.handle({ kind: "started" }, 0);
  assert.deepEqual(asker.handle({ kind: "timer-expired" }, asker.deadlineMs - 1), []);
  play(asker);
  assert.deepEqual(asker.handle({ kind: "started" }, 1e6), []);
});

test("answers count by the way they came, reports not; what the other end says last holds", () => {
  const asker = new DeliveryAsker(1);
  const told = tallyOf({
    sent: { multicast: 1, unicast: 1 },
    received: { multicast: 1, unicast: 1 },
  });
  const orders = play(asker, (order) => {
    if (order.kind !== "send" || order.probe !== "question") return;
    const older = {
      kind: "answer",
      tally: tallyOf({ sent: { multicast: 1, unicast: 0 } }),
    } as const;
    const newest = { kind: "report", tally: told } as const;
    asker.handle({ kind: "probe-seen", way: order.way, probe: newest }, 1);
    asker.handle({ kind: "probe-seen", way: order.way, probe: older }, 1);
    if (order.way === "unicast")
      asker.handle({ kind: "probe-heard", way: "unicast", probe: older }, 1);
    asker.handle(
      { kind: "probe-heard", way: "unicast", probe: { kind: "question", tally: told } },
      1,
    );
  });
  const last = orders.at(-1);
  assert.ok(last?.kind === "finish");
  assert.deepEqual(last.counts, {
    ours: {
      sent: { multicast: 1, unicast: 1 },
      received: { multicast: 0, unicast: 1 },
      seen: { multicast: 1, unicast: 1 },
    },
    theirs: told,
  });
});
