/** What a script expects of a LAN, held against what was seen there. */
import { type Family, familyOf, formatIp, type IpBytes } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { formatTimestampMs } from "../../core/timestamp.ts";
import type { Change } from "./change.ts";
import type { Speaker } from "./speaker.ts";
import type { VirtualRouter } from "./virtual-router.ts";

export interface Expectations {
  readonly singleMaster: boolean;
  readonly master: IpBytes | undefined; // of all virtual routers of its family
  readonly vip: IpBytes | undefined;
  readonly maxGapMs: number | undefined;
  readonly none: boolean;
}

export interface Violation {
  readonly expectation: "single-master" | "master" | "vip" | "max-gap" | "none";
  readonly evidence: string;
  readonly restsOnSilence: boolean; // on what was not heard
}

/** Remembers what would be over at the end. */
export class ExpectationKeeper {
  readonly #wanted: Expectations;
  readonly #noted: Violation[] = [];

  constructor(wanted: Expectations) {
    this.#wanted = wanted;
  }

  note(change: Change): void {
    const { singleMaster, master } = this.#wanted;
    if (this.#noted.length >= MOST_NOTED) return;
    if (singleMaster && change.kind === "single-master") {
      const lasted = formatDurationMs(change.lastedMs);
      this.#add(
        "single-master",
        `${routerName(change)}: ${change.former} was master beside ${change.source} for ${lasted}`,
        HEARD,
      );
    }
    if (master === undefined || change.family !== familyOf(master)) return;
    if (!("source" in change) || !CLAIMS.has(change.kind) || change.source === formatIp(master))
      return;
    this.#add("master", `${routerName(change)}: ${change.source} was master`, HEARD);
  }

  /** To be asked once, at the end. Empty where all was as expected. */
  violations(routers: readonly VirtualRouter[], nowMs: number): readonly Violation[] {
    const { singleMaster, master, vip, maxGapMs, none } = this.#wanted;
    if (singleMaster) this.#judgeSingle(routers, nowMs);
    if (master !== undefined)
      this.#judgeMaster(
        routers.filter(({ family }) => family === familyOf(master)),
        familyOf(master),
      );
    if (vip !== undefined) this.#judgeVip(routers, formatIp(vip));
    if (maxGapMs !== undefined) this.#judgeGap(routers, maxGapMs, nowMs);
    if (none)
      for (const router of routers)
        this.#add("none", `${routerName(router)}: ${sourcesOf(router)}`, HEARD);
    return this.#noted;
  }

  #judgeSingle(routers: readonly VirtualRouter[], nowMs: number): void {
    if (routers.length === 0) this.#add("single-master", NOBODY);
    for (const router of routers) {
      const { masters, splitSinceMs } = router.contention;
      if (masters.length === 1) continue;
      const who = masters.map(speakerName).join(" and ");
      const lasted = formatDurationMs(nowMs - splitSinceMs);
      const what = masters.length === 0 ? "has no master" : `${who} are all master, for ${lasted}`;
      this.#add(
        "single-master",
        `${routerName(router)}: ${what}`,
        masters.length > 1 ? HEARD : SILENCE,
      );
    }
  }

  #judgeMaster(routers: readonly VirtualRouter[], family: Family): void {
    if (routers.length === 0) this.#add("master", `no IPv${family} advert was heard`);
    for (const router of routers) {
      if (router.master === undefined) this.#add("master", `${routerName(router)}: has no master`);
    }
  }

  #judgeVip(routers: readonly VirtualRouter[], vip: string): void {
    const masters = routers.flatMap(({ contention }) => contention.masters);
    if (masters.some(({ advert }) => advert.addresses.includes(vip))) return;
    const found = routers.map((router) => {
      const addresses = router.master?.advert.addresses ?? [];
      return `${routerName(router)}: ${addresses.length === 0 ? "has no master" : addresses.join(",")}`;
    });
    this.#add(
      "vip",
      found.length === 0
        ? NOBODY
        : `no master has ${vip}; ${found.slice(0, MOST_NAMED).join("; ")}`,
    );
  }

  #judgeGap(routers: readonly VirtualRouter[], maxGapMs: number, nowMs: number): void {
    if (routers.length === 0) this.#add("max-gap", NOBODY);
    for (const router of routers) {
      if (router.heardMs === null)
        this.#add("max-gap", `${routerName(router)}: no advert that is believed`);
      const { fromMs, lengthMs } = router.longestGapUntil(nowMs);
      if (lengthMs <= maxGapMs) continue;
      const from = formatTimestampMs(fromMs);
      this.#add(
        "max-gap",
        `${routerName(router)}: no advert for ${formatDurationMs(lengthMs)} from ${from}`,
      );
    }
  }

  #add(
    expectation: Violation["expectation"],
    evidence: string,
    restsOnSilence: boolean = SILENCE,
  ): void {
    if (this.#noted.some((one) => one.expectation === expectation && one.evidence === evidence))
      return;
    this.#noted.push({ expectation, evidence, restsOnSilence });
  }
}

/** `eth0 vrid 51 IPv4`. */
export const routerName = ({
  segment,
  vrid,
  family,
}: {
  segment: string;
  vrid: number;
  family: Family;
}): string => `${segment === "" ? "" : `${segment} `}vrid ${vrid} IPv${family}`;

const speakerName = ({ advert: { source, sourceMac, priority } }: Speaker): string =>
  `${source} (${sourceMac === null ? "" : `${sourceMac}, `}priority ${priority})`;

const sourcesOf = ({ speakers, rejected }: VirtualRouter): string => {
  const heard = [...speakers.values()].slice(0, MOST_NAMED).map(speakerName).join(", ");
  return heard === "" ? `${rejected} adverts that nobody believes` : `heard from ${heard}`;
};

/** Somebody is master from then on. */
const CLAIMS: ReadonlySet<Change["kind"]> = new Set([
  "new-master",
  "second-master",
  "two-groups",
  "recovered",
] as const);
const NOBODY = "no advert was heard";
const MOST_NOTED = 100;
const MOST_NAMED = 8;
/** What a violation rests on. */
const HEARD = false;
const SILENCE = true;
