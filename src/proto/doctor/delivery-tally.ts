/** The books of one end of the two-sided test. */
import type { DeliveryTally, DeliveryWay } from "../../core/wire/delivery-probe.ts";

/** What became of what each end sent. */
export interface DeliveryCounts {
  readonly ours: DeliveryTally;
  readonly theirs: DeliveryTally | null; // as they told last; null: nothing of them came
}

export class TallyBook {
  readonly #counts = { sent: noneYet(), received: noneYet(), seen: noneYet() };

  count(what: keyof DeliveryTally, way: DeliveryWay): void {
    this.#counts[what][way] += 1;
  }

  /** As it is now: it changes no more. */
  tally(): DeliveryTally {
    const { sent, received, seen } = this.#counts;
    return { sent: { ...sent }, received: { ...received }, seen: { ...seen } };
  }
}

/** Of two that may have overtaken each other the later one: the figures only grow. */
export const laterTally = (known: DeliveryTally | null, told: DeliveryTally): DeliveryTally =>
  known === null || total(told) >= total(known) ? told : known;

const total = ({ sent, received, seen }: DeliveryTally): number =>
  [sent, received, seen].reduce((sum, { multicast, unicast }) => sum + multicast + unicast, 0);

const noneYet = (): { multicast: number; unicast: number } => ({ multicast: 0, unicast: 0 });
