/** What the process of the checks has found so far: the one after it goes on from there. */
import type { CheckStanding } from "../../../../proto/lvs/virtual-server.ts";
import type { TrackedNews } from "../messages.ts";
import { type PlanChanges, trackersRemoved } from "../plan/plan-changes.ts";
import type { IpvsMemory } from "../servers/ipvs-memory.ts";
import { forget, type KnownServers, type ServerNews } from "../servers/server-events.ts";

export class Found {
  readonly #tracked = new Map<string, TrackedNews>(); // by kind and name
  readonly #checks = new Map<string, CheckStanding>();
  readonly #quorums = new Map<string, boolean>();
  #ipvs: IpvsMemory | undefined;

  /** Of those of which anything is known. */
  get tracked(): readonly TrackedNews[] {
    return [...this.#tracked.values()];
  }

  get servers(): KnownServers {
    const ipvs = this.#ipvs && { ipvs: this.#ipvs };
    return { checks: this.#checks, quorums: this.#quorums, ...ipvs };
  }

  /** @returns whether it is another way than before */
  note(news: TrackedNews): boolean {
    const key = `${news.kind} ${news.name}`;
    const former = this.#tracked.get(key)?.state ?? "unknown";
    this.#tracked.set(key, news);
    return former !== news.state;
  }

  noteServers({ known, forgotten }: ServerNews): void {
    forget({ checks: this.#checks, quorums: this.#quorums }, forgotten);
    for (const [key, standing] of known.checks) this.#checks.set(key, standing);
    for (const [key, isUp] of known.quorums) this.#quorums.set(key, isUp);
    this.#ipvs = known.ipvs ?? this.#ipvs;
  }

  /** What is in no plan any more is known no more; of servers the process of the checks tells that. */
  forget(changes: PlanChanges): void {
    for (const key of trackersRemoved(changes)) this.#tracked.delete(key);
  }
}
