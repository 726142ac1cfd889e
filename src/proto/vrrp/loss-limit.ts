/**
 * How often a MASTER puts back an address that somebody else takes away: one that is taken in a loop
 * reaches nobody, while a peer could serve it.
 */

/** What to do when somebody else takes a virtual address away. */
export type OnLoss = "restore" | "release" | "fault";

export interface LossPolicy {
  readonly onLoss: OnLoss;
  readonly lossLimit: number; // 1..1000: so many times in a minute each is put back, with `restore`
}

/** `times` losses of one address within `withinMs`, the one that was too many among them. */
export interface LossExcess {
  readonly address: string;
  readonly times: number;
  readonly withinMs: number;
}

export class LossLimit {
  readonly #policy: LossPolicy;
  readonly #lossesMs = new Map<string, readonly number[]>(); // of each within the last minute

  constructor(policy: LossPolicy) {
    this.#policy = policy;
  }

  /**
   * To be called for each loss. Addresses count for themselves: a manager that takes fifty away one
   * after the other has done so once.
   * @returns undefined where they are to be put back
   */
  count(addresses: readonly string[], nowMs: number): LossExcess | undefined {
    const { onLoss, lossLimit } = this.#policy;
    for (const address of addresses) {
      const known = this.#lossesMs.get(address) ?? [];
      const losses = [...known.filter((atMs) => nowMs - atMs < WINDOW_MS), nowMs];
      this.#lossesMs.set(address, losses);
      if (onLoss === "restore" && losses.length <= lossLimit) continue;
      this.#lossesMs.clear();
      return { address, times: losses.length, withinMs: nowMs - (losses[0] ?? nowMs) };
    }
    return undefined;
  }
}

const WINDOW_MS = 60_000;
