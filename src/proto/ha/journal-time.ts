/**
 * When the records of a journal were, on one line of time: durations are those of the monotonic clock, so
 * that no jump of the wall clock makes one longer, shorter or negative.
 */
import type { JournalMoment } from "./journal-record.ts";

/**
 * The last record of a boot says what time it was: clocks are set right after a boot, not wrong.
 * Where one boot would then begin before the one ahead of it has ended, that one was earlier.
 * @returns milliseconds since 1970 of each, in their order; none is before the one ahead of it
 */
export function placeMoments(moments: readonly JournalMoment[]): number[] {
  const placed = new Array<number>(moments.length);
  let offsetMs = 0; // from the monotonic clock of the boot at hand
  for (let n = moments.length - 1; n >= 0; n--) {
    const moment = moments[n] as JournalMoment;
    const later = moments[n + 1];
    if (later === undefined || !isSameBoot(moment, later)) {
      const latestMs = later === undefined ? Number.POSITIVE_INFINITY : (placed[n + 1] as number);
      offsetMs = Math.min(moment.wallMs, latestMs) - moment.monoMs;
    }
    placed[n] = offsetMs + moment.monoMs;
  }
  return placed;
}

const isSameBoot = (one: JournalMoment, later: JournalMoment): boolean =>
  one.bootId === later.bootId && one.monoMs <= later.monoMs;
