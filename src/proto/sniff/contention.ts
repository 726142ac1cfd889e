/**
 * Who is master of a virtual router, as somebody concludes who only hears its adverts: the rules of
 * RFC 9568 section 6.4, by which a master that is heard beside a stronger one should fall silent.
 */
import type { Happening, MasterCause } from "./change.ts";
import { isAnotherGroup } from "./differences.ts";
import type { Speaker } from "./speaker.ts";

export class Contention {
  /** Strongest first. More than one is a split brain. */
  masters: readonly Speaker[] = [];
  takeovers = 0; // how often the master was another one than before
  splits = 0; // how often a second one began
  splitSinceMs = 0; // while there are several
  #former: Speaker | undefined; // the last one that was sole master, when it is so no more
  #lost: boolean = false;
  #resigned: boolean = false;

  /** One of them advertised. To be called before its `hear`. */
  speak(speaker: Speaker, atMs: number): Happening[] {
    if (speaker.advert.priority === 0) return this.#resign(speaker, atMs);
    if (speaker.claim === "master") {
      this.masters = inOrder(this.masters); // its priority may be another one
      return [];
    }
    // A last advert may have crossed the first one of its better.
    if (speaker.claim === "yielding" && atMs - speaker.claimedMs <= graceMs(speaker)) return [];
    const silent = this.masters.filter((one) => one.isOverdue(atMs));
    for (const one of silent) this.drop(one);
    const [best] = this.masters;
    if (best === undefined) return [this.#crown(speaker, silent[0], atMs)];
    if (!speaker.outranks(best)) return [this.#addSecond(speaker, best, atMs)];
    const yielding = this.masters;
    for (const one of yielding) {
      one.claim = "yielding";
      one.claimedMs = atMs;
    }
    this.masters = [];
    const taken = this.#claim(speaker, { cause: "preempt", former: best, silentMs: null }, atMs);
    const seconds = yielding.filter((one) => one !== best);
    return [taken, ...seconds.flatMap((one) => this.#endSplit(speaker, one, atMs))];
  }

  /** Time passed. */
  tick(speakers: Iterable<Speaker>, atMs: number): Happening[] {
    const happenings: Happening[] = [];
    const due = [...speakers].filter((one) => this.#limitMs(one) <= atMs);
    for (const speaker of due.sort((a, b) => this.#limitMs(a) - this.#limitMs(b))) {
      if (speaker.claim === "yielding") speaker.claim = "none";
      if (speaker.claim !== "master") continue;
      const { source } = speaker.advert;
      this.drop(speaker);
      const [left] = this.masters;
      if (left === undefined) {
        this.#lost = true;
        happenings.push({ kind: "lost", source, silentMs: atMs - speaker.heardMs });
      } else happenings.push(...this.#endSplit(left, speaker, atMs));
    }
    return happenings;
  }

  /** When `tick` is to be called. */
  deadlineMs(speakers: Iterable<Speaker>): number {
    let firstMs = Number.POSITIVE_INFINITY;
    for (const speaker of speakers) firstMs = Math.min(firstMs, this.#limitMs(speaker));
    return firstMs;
  }

  /** It is master no more, of which nothing is told. */
  drop(speaker: Speaker): void {
    if (speaker.claim === "master") this.#former = speaker;
    if (this.masters.length > 1 && this.masters[0] === speaker) this.takeovers += 1;
    speaker.claim = "none";
    this.masters = this.masters.filter((one) => one !== speaker);
  }

  #limitMs({ claim, heardMs, patienceMs }: Speaker): number {
    return claim === "none" ? Number.POSITIVE_INFINITY : heardMs + patienceMs;
  }

  #resign(speaker: Speaker, atMs: number): Happening[] {
    const wasMaster = speaker.claim === "master";
    const { source } = speaker.advert;
    this.drop(speaker);
    if (!wasMaster) return [];
    const [left] = this.masters;
    if (left !== undefined)
      return [{ kind: "resigned", source }, ...this.#endSplit(left, speaker, atMs)];
    this.#resigned = true;
    return [{ kind: "resigned", source }];
  }

  /** Of a router that has no master. */
  #crown(speaker: Speaker, silent: Speaker | undefined, atMs: number): Happening {
    const former = silent ?? this.#former;
    const silentMs = former === undefined ? null : atMs - former.heardMs;
    if (this.#lost && former === speaker) {
      this.#lost = false;
      this.masters = [speaker];
      speaker.claim = "master"; // as it was before, and since then
      return { kind: "recovered", source: speaker.advert.source, silentMs: silentMs ?? 0 };
    }
    const cause = former === undefined ? "first" : this.#resigned ? "resigned" : "silence";
    return this.#claim(speaker, { cause, former, silentMs }, atMs);
  }

  #claim(
    speaker: Speaker,
    how: { cause: MasterCause; former: Speaker | undefined; silentMs: number | null },
    atMs: number,
  ): Happening {
    const { source, priority, addresses } = speaker.advert;
    const { cause, silentMs } = how;
    const former = how.former?.advert.source ?? null;
    if (former !== null && former !== source) this.takeovers += 1;
    this.masters = [speaker];
    this.#begin(speaker, atMs);
    return { kind: "new-master", source, priority, addresses, cause, former, silentMs };
  }

  #addSecond(speaker: Speaker, best: Speaker, atMs: number): Happening {
    if (this.masters.length === 1) this.splitSinceMs = atMs;
    this.splits += 1;
    this.#begin(speaker, atMs);
    this.masters = inOrder([...this.masters, speaker]);
    const [{ source, priority }, beside] = [speaker.advert, best.advert.source];
    return isAnotherGroup(speaker.advert, best.advert)
      ? { kind: "two-groups", source, beside }
      : { kind: "second-master", source, priority, beside };
  }

  /** @param former who was master beside it; since its last advert it is no more */
  #endSplit(left: Speaker, former: Speaker, atMs: number): Happening[] {
    if (this.masters.length > 1) return [];
    const { source } = former.advert;
    const silentMs = former.advert.priority === 0 ? 0 : atMs - former.heardMs;
    const lastedMs = Math.max(0, atMs - silentMs - this.splitSinceMs);
    return [
      { kind: "single-master", source: left.advert.source, former: source, lastedMs, silentMs },
    ];
  }

  #begin(speaker: Speaker, atMs: number): void {
    speaker.begin(atMs);
    this.#lost = false;
    this.#resigned = false;
  }
}

const inOrder = (masters: readonly Speaker[]): readonly Speaker[] =>
  masters.length < 2 ? masters : [...masters].sort((a, b) => (a.outranks(b) ? -1 : 1));

const graceMs = ({ advert }: Speaker): number => Math.min(advert.intervalMs / 2, 100);
