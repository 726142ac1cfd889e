/** Whether a router that is not MASTER hears another one, looked at now and then: what has changed since. */
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { PeerHeard } from "../../../vrrp/ledger.ts";

export interface Hearing {
  readonly state: VrrpState;
  readonly master: PeerHeard | undefined; // who was heard last and has not resigned
  readonly masterSinceMs: number;
  readonly intervalMs: number; // of our own adverts
}

export class MasterHearing {
  #heard: PeerHeard | undefined;
  #lookedMs = 0;

  /** @returns undefined where nothing has changed; as MASTER nobody is listened for */
  look(
    { state, master, masterSinceMs, intervalMs }: Hearing,
    nowMs: number,
  ): { readonly master: string | null; readonly sinceMs: number } | undefined {
    const [before, beforeMs] = [this.#heard, this.#lookedMs];
    this.#lookedMs = nowMs;
    if (state === "master" || state === "init") {
      this.#heard = undefined;
      return undefined;
    }
    const limitMs = MISSED_INTERVALS * Math.max(intervalMs, master?.intervalMs ?? 0);
    const heard = master !== undefined && nowMs - master.heardMs <= limitMs ? master : undefined;
    this.#heard = heard;
    if (heard === before) return undefined;
    if (heard === undefined) return { master: null, sinceMs: before?.heardMs ?? nowMs };
    const isBack = masterSinceMs < beforeMs; // after a silence
    return { master: heard.source, sinceMs: isBack ? heard.heardMs : masterSinceMs };
  }
}

/** More than after which a BACKUP takes over, which is told by itself. */
const MISSED_INTERVALS = 4;
