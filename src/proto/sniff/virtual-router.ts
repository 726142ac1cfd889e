/** One virtual router on one segment, as somebody sees it who only looks on. */
import type { Family } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { HmacVerifier } from "../vrrp/hmac.ts";
import type { Happening } from "./change.ts";
import { Contention } from "./contention.ts";
import { authName, differences, listChange, sameAuth } from "./differences.ts";
import { isBad, type Reason, worstLevel } from "./reason.ts";
import type { SniffedAdvert } from "./sniffed-advert.ts";
import { isGap, Speaker } from "./speaker.ts";

/** What an advert comes to. */
export interface Hearing {
  readonly speaker: Speaker | null; // null: nobody believes it, or it is an echo of our own
  readonly reasons: readonly Reason[];
  readonly happenings: readonly Happening[];
}

/** How many speakers there are in all the virtual routers that share it. */
export interface Crowd {
  speakers: number;
}

export class VirtualRouter {
  readonly segment: string;
  readonly vrid: number;
  readonly family: Family;
  readonly speakers = new Map<string, Speaker>(); // by source; at most MAX_SPEAKERS
  readonly contention = new Contention();
  readonly verifier: HmacVerifier | null;
  /** Grows whenever what was concluded of an advert may no longer be so. */
  epoch = 0;
  /** When the last advert of a master came; null before the first. */
  heardMs: number | null = null;
  longestGap: Gap = { fromMs: 0, lengthMs: 0 };
  /** `deadlineMs` as it was at the last conclusion: what is only said again may have put it off. */
  dueMs = Number.POSITIVE_INFINITY;
  rejected = 0; // adverts that nobody believes
  missed = 0; // adverts that should have come from some master
  readonly #crowd: Crowd;
  readonly #told = new Map<string, string>(); // by source: what is wrong with its adverts

  constructor(
    { segment, vrid, family }: SniffedAdvert,
    verifier: HmacVerifier | null,
    crowd: Crowd = { speakers: 0 },
  ) {
    this.segment = segment;
    this.vrid = vrid;
    this.family = family;
    this.verifier = verifier;
    this.#crowd = crowd;
  }

  /** The strongest of the masters. */
  get master(): Speaker | undefined {
    return this.contention.masters[0];
  }

  get deadlineMs(): number {
    let firstMs = this.contention.deadlineMs(this.speakers.values());
    for (const { claim, heardMs } of this.speakers.values())
      if (claim === "none") firstMs = Math.min(firstMs, heardMs + KEEP_MS);
    return firstMs;
  }

  /** @param flaws what is wrong with it whoever else is there */
  hear(
    advert: SniffedAdvert,
    flaws: readonly Reason[],
    direction: "in" | "out" | null,
    atMs: number,
  ): Hearing {
    if (isBad(flaws)) {
      this.rejected += 1;
      return this.#conclude(null, advert, flaws, []);
    }
    const known = this.speakers.get(advert.source);
    if (known?.here === true && direction === "in" && !/^lo\b/.test(this.segment)) {
      return this.#conclude(null, advert, [...flaws, LOOPED_BACK], []);
    }
    const speaker = known ?? this.#welcome(advert, atMs);
    if (direction === "out" && !speaker.here) {
      speaker.here = true;
      this.epoch += 1;
    }
    const changes = known === undefined ? [] : changesOf(known.advert, advert);
    const reasons = changes.flatMap((change) =>
      change.kind === "mac" ? [macChanged(change.from)] : [],
    );
    speaker.advert = advert;
    if (advert.priority > 0) this.#measureGap(atMs, advert.intervalMs);
    const happenings = [...changes, ...this.contention.speak(speaker, atMs)];
    speaker.hear(atMs);
    if (happenings.length > 0 || known === undefined) this.epoch += 1;
    speaker.reasons = [...flaws, ...reasons, ...this.#judge(speaker)];
    return this.#conclude(speaker, advert, speaker.reasons, happenings);
  }

  /** The speaker said again what it said before, and nothing else was concluded since. */
  repeat(speaker: Speaker, atMs: number): void {
    this.#measureGap(atMs, speaker.advert.intervalMs);
    speaker.hear(atMs);
  }

  tick(atMs: number): Happening[] {
    const before = this.contention.masters;
    const happenings = this.contention.tick(this.speakers.values(), atMs);
    for (const speaker of this.speakers.values()) {
      if (atMs - speaker.heardMs >= KEEP_MS && speaker.claim === "none") this.#forget(speaker);
    }
    if (this.contention.masters !== before) this.epoch += 1;
    return happenings;
  }

  /** The longest time without a master's advert up to now. */
  longestGapUntil(atMs: number): Gap {
    const lastMs = this.heardMs ?? atMs;
    const lengthMs = atMs - lastMs;
    return lengthMs > this.longestGap.lengthMs ? { fromMs: lastMs, lengthMs } : this.longestGap;
  }

  #welcome(advert: SniffedAdvert, atMs: number): Speaker {
    const most = this.#crowd.speakers < MOST_IN_ALL ? MAX_SPEAKERS : FEW_SPEAKERS;
    if (this.speakers.size >= most) {
      const all = [...this.speakers.values()];
      const leaves = all.find(({ claim }) => claim !== "master") ?? this.contention.masters.at(-1);
      if (leaves !== undefined) this.#forget(leaves);
    }
    const speaker = new Speaker(advert, atMs);
    this.speakers.set(advert.source, speaker);
    this.#crowd.speakers += 1;
    return speaker;
  }

  #forget(speaker: Speaker): void {
    this.contention.drop(speaker);
    this.speakers.delete(speaker.advert.source);
    this.#crowd.speakers -= 1;
    this.epoch += 1;
  }

  #measureGap(atMs: number, intervalMs: number): void {
    const fromMs = this.heardMs;
    this.heardMs = atMs;
    if (fromMs === null) return;
    const lengthMs = atMs - fromMs;
    if (lengthMs > this.longestGap.lengthMs) this.longestGap = { fromMs, lengthMs };
    if (isGap(lengthMs, intervalMs)) this.missed += Math.round(lengthMs / intervalMs) - 1;
  }

  /** Against the strongest master; that one itself against whoever else was heard of late. */
  #judge(speaker: Speaker): Reason[] {
    const { master } = this;
    const { masters } = this.contention;
    const reasons: Reason[] = speaker.advert.priority === 0 ? [RESIGNING] : [];
    if (master !== undefined && master !== speaker) {
      const found = differences(speaker.advert, master.advert, "master");
      const isSecond =
        masters.includes(speaker) && !found.some(({ code }) => code === "two-groups");
      return [...reasons, ...(isSecond ? [secondMaster(master)] : []), ...found];
    }
    const others = [...this.speakers.values()].filter(
      (one) => one !== speaker && !masters.includes(one),
    );
    const latest = others.sort((a, b) => b.heardMs - a.heardMs)[0];
    return latest === undefined
      ? reasons
      : [...reasons, ...differences(speaker.advert, latest.advert, "others")];
  }

  /** Adds the change that what is wrong with the adverts of a source is something else than before. */
  #conclude(
    speaker: Speaker | null,
    { source }: SniffedAdvert,
    reasons: readonly Reason[],
    happenings: readonly Happening[],
  ): Hearing {
    const lasting = reasons.filter(({ code }) => !ONCE.has(code));
    const wrong = lasting.map(({ code }) => code).join(" ");
    const isTold = wrong === (this.#told.get(source) ?? "");
    // What is told by a change of its own is not right for that.
    const isWrongStill = wrong === "" && worstLevel(reasons) !== undefined;
    if (isTold || isWrongStill) return { speaker, reasons, happenings };
    this.epoch += 1;
    const [eldest] = this.#told.keys();
    if (this.#told.size >= MAX_SPEAKERS && eldest !== undefined) this.#told.delete(eldest);
    if (wrong === "") this.#told.delete(source);
    else this.#told.set(source, wrong);
    const verdict: Happening = { kind: "verdict", source, reasons: lasting };
    return { speaker, reasons, happenings: [...happenings, verdict] };
  }
}

export interface Gap {
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** In what a router says something else than in its advert before. */
function changesOf(before: SniffedAdvert, now: SniffedAdvert): Happening[] {
  const { source } = now;
  const changes: Happening[] = [];
  const add = (kind: ValueKind, from: string, to: string) =>
    void changes.push({ kind, source, from, to });
  if (before.sourceMac !== now.sourceMac)
    add("mac", before.sourceMac ?? "none", now.sourceMac ?? "none");
  if (before.version !== now.version) add("version", `${before.version}`, `${now.version}`);
  if (before.priority !== now.priority && before.priority > 0 && now.priority > 0)
    add("priority", `${before.priority}`, `${now.priority}`);
  if (before.intervalMs !== now.intervalMs)
    add("interval", formatDurationMs(before.intervalMs), formatDurationMs(now.intervalMs));
  if (!sameAuth(before.auth, now.auth)) {
    const [from, to] = [before.auth, now.auth].map(authName) as [string, string];
    add("auth", from, from === to ? "another password" : to);
  }
  if (listChange(before.addresses, now.addresses) !== "")
    add("addresses", before.addresses.join(","), now.addresses.join(","));
  return changes;
}

type ValueKind = "priority" | "interval" | "version" | "auth" | "mac" | "addresses";

const LOOPED_BACK: Reason = { code: "looped-back", level: "warn", text: "own advert looped back" };
const RESIGNING: Reason = { code: "resigning", level: "note", text: "priority 0: resigning" };

const macChanged = (from: string): Reason => ({
  code: "mac-changed",
  level: "warn",
  text: `spoofed? MAC changed from ${from}`,
});

const secondMaster = ({ advert: { source, priority } }: Speaker): Reason => ({
  code: "second-master",
  level: "warn",
  text: `SECOND MASTER beside ${source} priority ${priority}`,
});

/** Told by changes of their own, or of one advert alone. */
const ONCE: ReadonlySet<string> = new Set(["second-master", "resigning", "mac-changed", "cut"]);
const MAX_SPEAKERS = 64;
const MOST_IN_ALL = 16_384; // then no virtual router gets more than a few: memory is bounded
const FEW_SPEAKERS = 4;
const KEEP_MS = 600_000;
