/** How often what happened to one virtual router, since its machine was made. */
import type { TimerExpired } from "../machine.ts";
import type { VrrpFact, VrrpOrder } from "./facts.ts";

export interface VrrpCounters {
  readonly advertsSent: number;
  readonly advertsReceived: number; // valid ones
  readonly advertsRejected: Readonly<Record<string, number>>; // by reason
  readonly addressListsDiffering: number; // valid adverts that stand for other addresses
  readonly priorityZeroSent: number;
  readonly priorityZeroReceived: number;
  readonly becameMaster: number;
  readonly releasedMaster: number;
  readonly addressesRestored: number; // each time that somebody else took one away
  readonly announcementsSent: number; // of each address
  readonly stalls: number; // we came to a timer later than half an interval
}

/** Counts what goes into and comes out of a machine; the rules know nothing of it. */
export class VrrpTally {
  readonly counters = {
    advertsSent: 0,
    advertsReceived: 0,
    advertsRejected: {} as Record<string, number>,
    addressListsDiffering: 0,
    priorityZeroSent: 0,
    priorityZeroReceived: 0,
    becameMaster: 0,
    releasedMaster: 0,
    addressesRestored: 0,
    announcementsSent: 0,
    stalls: 0,
  };

  countFact(fact: VrrpFact | TimerExpired): void {
    const { counters } = this;
    if (fact.kind === "advert-rejected") {
      counters.advertsRejected[fact.reason] = (counters.advertsRejected[fact.reason] ?? 0) + 1;
    } else if (fact.kind === "advert-received") {
      counters.advertsReceived += 1;
      if (fact.priority === 0) counters.priorityZeroReceived += 1;
      if (fact.addressesDiffer) counters.addressListsDiffering += 1;
    }
  }

  /** @param by -1 takes back what was not carried out */
  countOrders<Orders extends readonly VrrpOrder[]>(orders: Orders, by: 1 | -1 = 1): Orders {
    for (const order of orders) this.#countOrder(order, by);
    return orders;
  }

  #countOrder(order: VrrpOrder, by: 1 | -1): void {
    const { counters } = this;
    if (order.kind === "send-advert") {
      counters.advertsSent += by;
      if (order.priority === 0) counters.priorityZeroSent += by;
    } else if (order.kind === "report-transition") {
      if (order.to === "master") counters.becameMaster += by;
      if (order.from === "master") counters.releasedMaster += by;
    } else if (order.kind === "report-restored") {
      counters.addressesRestored += by * order.addresses.length;
    } else if (order.kind === "announce") {
      counters.announcementsSent += by * order.times;
    } else if (order.kind === "report-stall") {
      counters.stalls += by;
    }
  }
}
