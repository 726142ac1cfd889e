/** The faults of one virtual router that lie outside its machine, which is told of each change once. */
import type { OutsideFault, VrrpFact } from "../../proto/vrrp/facts.ts";

export class FaultBoard {
  readonly #feed: (fact: VrrpFact) => void;
  readonly #raised = new Set<OutsideFault>();

  constructor(feed: (fact: VrrpFact) => void) {
    this.#feed = feed;
  }

  get isClear(): boolean {
    return this.#raised.size === 0;
  }

  raise(fault: OutsideFault): void {
    if (this.#raised.has(fault)) return;
    this.#raised.add(fault);
    this.#feed({ kind: "fault-raised", fault });
  }

  /** All others are over. */
  keepOnly(faults: readonly OutsideFault[]): void {
    for (const fault of this.#raised) {
      if (faults.includes(fault)) continue;
      this.#raised.delete(fault);
      this.#feed({ kind: "fault-cleared", fault });
    }
  }
}
