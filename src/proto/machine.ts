/**
 * The contract of every protocol machine: facts and the time in, orders and one deadline out.
 * Facts and orders are plain JSON, so a run can be journalled and replayed.
 */
export interface Machine<Fact, Order> {
  /** Monotonic ms at which to feed `timer-expired`; feeding it earlier does nothing. */
  readonly deadlineMs: number;
  /** Orders stand in the sequence in which they must be carried out. */
  handle(fact: Fact | TimerExpired, nowMs: number): Order[];
}

export interface TimerExpired {
  readonly kind: "timer-expired";
}

/** The deadline of a machine that waits for nothing. */
export const NEVER = Number.POSITIVE_INFINITY;

/**
 * Orders one after the other. Mostly all but one list are empty: then nothing is copied, which is felt
 * at short intervals.
 */
export function joined<Order>(first: Order[], second: Order[]): Order[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}
