/** Why a virtual router cannot take part: what it is told of, and for a time what it found by itself. */
import type { TimerExpired } from "../machine.ts";
import type { VrrpFact, VrrpFault } from "./facts.ts";
import { TimeOut } from "./time-out.ts";

export class FaultSet {
  readonly #faults = new Set<VrrpFault>();
  readonly all: ReadonlySet<VrrpFault> = this.#faults;
  readonly #timeOuts = {
    "addresses-taken": new TimeOut(60_000, 3_600_000),
    "addresses-refused": new TimeOut(10_000, 300_000),
  };

  /** When the next of those that we found by ourselves is over. */
  get deadlineMs(): number {
    return Math.min(...OWN_FAULTS.map((fault) => this.#timeOuts[fault].deadlineMs));
  }

  /** Takes in what it is told, if the fact is about faults at all. */
  hear(fact: VrrpFact | TimerExpired): void {
    switch (fact.kind) {
      case "fault-raised":
        this.#faults.add(fact.fault);
        break;
      case "fault-cleared":
        this.#faults.delete(fact.fault);
        break;
      case "interface-changed":
        this.#timeOuts["addresses-refused"].shorten();
    }
  }

  /** Stays for a time: longer than the last one where that has not helped. */
  find(fault: OwnFault, nowMs: number): void {
    this.#faults.add(fault);
    this.#timeOuts[fault].begin(nowMs);
  }

  /** @returns whether the last one has ended just now */
  runTimers(nowMs: number): boolean {
    for (const fault of OWN_FAULTS) {
      if (this.#timeOuts[fault].isOver(nowMs)) this.#faults.delete(fault);
    }
    return this.#faults.size === 0;
  }
}

type OwnFault = (typeof OWN_FAULTS)[number];

const OWN_FAULTS = ["addresses-taken", "addresses-refused"] as const;
