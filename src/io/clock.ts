/**
 * The `Clock` port on CLOCK_MONOTONIC: one timerfd for all timers of the process (timerfd_create(2)),
 * because the event loop's own timers count whole milliseconds.
 */
import { accepted, native, READABLE, type Watch } from "./native.ts";
import type { Cancel, Clock } from "./ports.ts";

interface Timer {
  readonly deadlineMs: number;
  readonly run: () => void;
}

/** A pending timer keeps the process alive. Timers of equal deadline run in the order of their `at`. */
export class SystemClock implements Clock {
  readonly #pending: Timer[] = []; // soonest first
  #armedMs = Number.NaN; // what the timerfd waits for; NaN once it has fired
  #isAwaited = false; // so the process is kept alive
  #timerfd: { readonly fd: number; readonly watch: Watch } | undefined;

  nowMs(): number {
    return monotonicMs();
  }

  wallMs(): number {
    return Date.now();
  }

  /** A deadline in the past runs in a later turn of the loop, never in this one. */
  at(deadlineMs: number, run: () => void): Cancel {
    if (!Number.isFinite(deadlineMs)) throw new RangeError(`deadline ${deadlineMs}`);
    const timer: Timer = { deadlineMs, run };
    this.#pending.splice(this.#behind(deadlineMs), 0, timer);
    this.#arm();
    return () => this.#cancel(timer);
  }

  #cancel(timer: Timer): void {
    if (!this.#remove(timer)) return;
    // Mostly another one follows at once: to fire for nothing is cheaper than to arm twice.
    if (this.#pending.length === 0) this.#await(false);
  }

  /** Runs what was due when the turn began; what a timer adds waits for the next turn. */
  #fire(): void {
    this.#armedMs = Number.NaN;
    const due = this.#pending.slice(0, this.#behind(this.nowMs()));
    try {
      for (const timer of due) {
        if (this.#remove(timer)) timer.run(); // else cancelled by one that ran before it
      }
    } finally {
      this.#arm(); // also when one throws: the others are still due
      // Else to arm it has made it unreadable already.
      if (Number.isNaN(this.#armedMs)) native().timerfdRead(this.#open().fd);
    }
  }

  /** The place behind all that are not later: thousands may be pending. */
  #behind(deadlineMs: number): number {
    let [low, high] = [0, this.#pending.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#pending[middle] as Timer).deadlineMs > deadlineMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** @returns whether it was pending */
  #remove(timer: Timer): boolean {
    for (let at = this.#behind(timer.deadlineMs) - 1; at >= 0; at -= 1) {
      const other = this.#pending[at] as Timer;
      if (other.deadlineMs !== timer.deadlineMs) return false;
      if (other !== timer) continue;
      this.#pending.splice(at, 1);
      return true;
    }
    return false;
  }

  #arm(): void {
    const next = this.#pending[0];
    this.#await(next !== undefined);
    // Mostly a timer is cancelled before its time: to fire for nothing once is cheaper than to arm for each.
    if (next === undefined || next.deadlineMs >= this.#armedMs) return;
    accepted(armAt(this.#open().fd, next.deadlineMs), "timerfd_settime", "clock");
    this.#armedMs = next.deadlineMs;
  }

  #await(isAwaited: boolean): void {
    if (isAwaited === this.#isAwaited) return;
    native().keepAlive(this.#open().watch, isAwaited);
    this.#isAwaited = isAwaited;
  }

  #open(): { readonly fd: number; readonly watch: Watch } {
    if (this.#timerfd === undefined) {
      const fd = accepted(native().timerfdCreate(), "timerfd_create", "clock");
      const watch = accepted(
        native().watch(fd, READABLE, () => this.#fire()),
        "watch",
        "clock",
      );
      this.#timerfd = { fd, watch };
      this.#isAwaited = true; // as every watch is
    }
    return this.#timerfd;
  }
}

/** Rounded up, so that it is never early; at least 1 ns, because 0 would disarm. */
function armAt(timerfd: number, deadlineMs: number): number {
  const seconds = Math.max(0, Math.floor(deadlineMs / 1000));
  const nanoseconds = Math.max(1, Math.ceil((deadlineMs - seconds * 1000) * 1e6));
  if (nanoseconds >= 1e9) return native().timerfdSettime(timerfd, seconds + 1, 0);
  return native().timerfdSettime(timerfd, seconds, nanoseconds);
}

/** CLOCK_MONOTONIC in milliseconds, with fractions. */
export function monotonicMs(): number {
  const time = process.hrtime(); // not taken apart by a pattern: this is asked some 300 times a second
  return time[0] * 1000 + time[1] / 1e6;
}
