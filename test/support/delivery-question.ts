/** The question of a two-sided test of delivery, as 10.0.0.2 asks it of 10.0.0.1. */
import type { DeliveryProbe } from "../../src/core/wire/delivery-probe.ts";
import { ip } from "./packets.ts";

export const deliveryQuestion = (changes: Partial<DeliveryProbe> = {}): DeliveryProbe => ({
  kind: "question",
  answerWay: "unicast",
  vrid: 0,
  nonce: new Uint8Array(8),
  asked: ip("10.0.0.1"),
  tally: {
    sent: { multicast: 1, unicast: 0 },
    received: { multicast: 0, unicast: 0 },
    seen: { multicast: 0, unicast: 0 },
  },
  ...changes,
});
