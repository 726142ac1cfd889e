/** Which of those who were heard a check is about, and how they are named to people. */
import type { Family } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Speaker, SpeakerTerms } from "./census.ts";
import type { DoctorFacts } from "./facts.ts";

/** All that was asked about. */
export const speakersOf = ({ heard, vrid, families }: DoctorFacts): Speaker[] =>
  heard.speakers.filter(
    (one) => (vrid === null || one.vrid === vrid) && families.includes(one.family),
  );

/** What came in from other hosts. */
export const othersOf = (facts: DoctorFacts): Speaker[] =>
  speakersOf(facts).filter((one) => !one.here && !isOwn(one, facts));

/** Came in with the address of this host. */
export const isOwn = ({ here, source }: Speaker, { host }: Pick<DoctorFacts, "host">): boolean =>
  !here && host.ips.has(source);

export interface SpeakerGroup {
  readonly vrid: number;
  readonly family: Family;
  readonly speakers: readonly [Termed, ...Termed[]];
}

/** Who sent a good advert. */
export type Termed = Speaker & { readonly terms: SpeakerTerms };

/** Those who speak well, one group for each virtual router. */
export function groupsOf(facts: DoctorFacts): SpeakerGroup[] {
  const groups = new Map<string, SpeakerGroup>();
  for (const one of speakersOf(facts)) {
    if (!isTermed(one) || isOwn(one, facts)) continue;
    const { vrid, family } = one;
    const key = `${vrid} ${family}`;
    const known = groups.get(key)?.speakers;
    groups.set(key, { vrid, family, speakers: known === undefined ? [one] : [...known, one] });
  }
  return [...groups.values()];
}

const isTermed = (one: Speaker): one is Termed => one.terms !== null;

/** `10.0.0.2 (02:00:00:00:00:02)`, or `this host (10.0.0.1)`. */
export const nameOf = ({ source, mac, here }: Pick<Speaker, "source" | "mac" | "here">): string =>
  here ? `this host (${source})` : `${source} (${mac})`;

/** `vrid 51`, with its family where that could be doubted. */
export const routerName = (vrid: number, family: Family): string =>
  family === 4 ? `vrid ${vrid}` : `vrid ${vrid} over IPv6`;

export const secondsOf = (ms: number): string => formatDurationMs(Math.round(ms / 100) * 100);

/** A list that stays readable: `a, b, c and 4 more`. */
export function listed(texts: readonly string[], most = 6): string {
  const more = texts.length - most;
  return more > 0 ? `${texts.slice(0, most).join(", ")} and ${more} more` : texts.join(", ");
}
