/**
 * The one impure partner of every machine: feeds it facts, keeps one timer for its deadline and has
 * its orders carried out.
 */
import type { Machine, TimerExpired } from "../proto/machine.ts";
import type { Cancel, Clock } from "./ports.ts";

/** One line of a journal: also the line format of the scenario tests. */
export type Journal<Fact, Order> = (
  nowMs: number,
  fact: Fact | TimerExpired,
  orders: Order[],
) => void;

export interface Driver<Fact> {
  /** @param atMs when it happened, if that was before now: what it starts then counts from there */
  feed(fact: Fact, atMs?: number): void;
  /** For `perform`: the orders behind the one that is carried out now are void. */
  dropOrders(): void;
  /** Stops the timer; facts fed later do nothing. */
  stop(): void;
}

/** `perform` may feed: facts that arise while orders are carried out wait until the last is done. */
export function drive<Fact, Order>(
  machine: Machine<Fact, Order>,
  clock: Clock,
  perform: (order: Order) => void,
  journal?: Journal<Fact, Order>,
): Driver<Fact> {
  const waiting: { readonly fact: Fact | TimerExpired; readonly atMs: number }[] = [];
  let busy = false;
  let stopped = false;
  let dropped = false;
  let lastMs = 0; // a machine's time never runs backwards
  let cancel: Cancel = () => {};

  const take = (fact: Fact | TimerExpired, atMs: number): void => {
    lastMs = Math.max(lastMs, atMs);
    const orders = machine.handle(fact, lastMs);
    journal?.(lastMs, fact, orders);
    cancel();
    cancel = () => {};
    if (!stopped && Number.isFinite(machine.deadlineMs)) {
      cancel = clock.at(machine.deadlineMs, onTimer);
    }
    dropped = false;
    for (const order of orders) if (!dropped) perform(order);
  };
  const feed = (fact: Fact | TimerExpired, atMs = clock.nowMs()): void => {
    if (stopped) return;
    if (busy) {
      waiting.push({ fact, atMs });
      return;
    }
    busy = true;
    try {
      take(fact, atMs);
      for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
        take(next.fact, next.atMs);
      }
    } finally {
      busy = false;
    }
  };
  const onTimer = (): void => feed(EXPIRED);
  return {
    feed,
    dropOrders: () => {
      dropped = true;
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

const EXPIRED: TimerExpired = { kind: "timer-expired" };
