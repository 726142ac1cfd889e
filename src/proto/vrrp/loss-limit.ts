/**
 * How often a MASTER puts back an address that somebody else takes away, and how long it stays out
 * once it has given up: an address that is taken in a loop reaches nobody, while a peer could serve it.
 */
import { NEVER } from "../machine.ts";

/** What to do when somebody else takes a virtual address away. */
export type OnLoss = "restore" | "release" | "fault";

export interface LossPolicy {
  readonly onLoss: OnLoss;
  readonly lossLimit: number; // 1..1000: so many times in a minute it is put back, with `restore`
}

/** `times` losses within `withinMs`, the one that was too many among them. */
export interface LossExcess {
  readonly times: number;
  readonly withinMs: number;
}

export class LossLimit {
  readonly #policy: LossPolicy;
  #lossesMs: number[] = []; // within the last minute, oldest first
  #pauseMs = SHORTEST_PAUSE_MS;
  #outSinceMs = -LONGEST_PAUSE_MS;
  #deadlineMs = NEVER;

  constructor(policy: LossPolicy) {
    this.#policy = policy;
  }

  /** The end of the time out. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** To be called for each loss. @returns undefined where the address is to be put back */
  count(nowMs: number): LossExcess | undefined {
    const { onLoss, lossLimit } = this.#policy;
    const recent = this.#lossesMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    this.#lossesMs = [...recent, nowMs];
    if (onLoss === "restore" && recent.length < lossLimit) return undefined;
    this.#lossesMs = [];
    return { times: recent.length + 1, withinMs: nowMs - (recent[0] ?? nowMs) };
  }

  /** Begins the time out: a minute, and twice as long where the last one has not helped. */
  stayOut(nowMs: number): void {
    const again = nowMs - this.#outSinceMs < this.#pauseMs + FORGET_MS;
    this.#pauseMs = again ? Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS) : SHORTEST_PAUSE_MS;
    this.#outSinceMs = nowMs;
    this.#deadlineMs = nowMs + this.#pauseMs;
  }

  /** @returns whether the time out is over now */
  isOver(nowMs: number): boolean {
    if (nowMs < this.#deadlineMs) return false;
    this.#deadlineMs = NEVER;
    return true;
  }
}

const WINDOW_MS = 60_000;
const SHORTEST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const FORGET_MS = 600_000; // a culprit that has been quiet for so long is a new one
