/**
 * How often a MASTER puts back an address that somebody else takes away, and how long it stays out
 * once it has given up: an address that is taken in a loop reaches nobody, while a peer could serve it.
 */

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

  constructor(policy: LossPolicy) {
    this.#policy = policy;
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
}

const WINDOW_MS = 60_000;
