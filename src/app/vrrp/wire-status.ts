/** `vrrp status --wire`: who is master on a LAN, from its adverts alone. */
import type { Ports } from "../../io/ports.ts";
import type { Speaker } from "../../proto/sniff/speaker.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";
import { hearWire, type WireQuestion } from "./onlooking.ts";

export type { WireQuestion };

/** Keys that only the router's own process could fill are null. */
export interface WireRouterRecord {
  readonly instance: null;
  readonly interface: string;
  readonly vrid: number;
  readonly family: "ipv4" | "ipv6";
  readonly version: number; // 2 or 3
  readonly state: null;
  readonly state_age_ms: null;
  readonly priority: null;
  readonly master: WireSpeakerRecord | null; // the strongest where there are several
  readonly masters: readonly WireSpeakerRecord[]; // more than one: split brain
  readonly vips: readonly { readonly address: string; readonly present: null }[];
  readonly peers: readonly WireSpeakerRecord[]; // heard, and not master any more
}

export interface WireSpeakerRecord {
  readonly address: string;
  readonly mac: string;
  readonly priority: number; // 0: it resigned
  readonly version: number; // 2 or 3
  readonly interval_ms: number;
  readonly adverts: number;
  readonly advert_age_ms: number;
  readonly here: boolean; // this host sends them
}

export interface WireStatus {
  readonly interface: string;
  readonly listened_ms: number;
  readonly adverts_rejected: Readonly<Record<string, number>>; // by reason
  readonly instances: readonly WireRouterRecord[];
}

/** @throws as `hearWire` does */
export async function listenToWire(
  question: WireQuestion,
  ports: Pick<Ports, "clock" | "openNetlink" | "openIpSocket" | "openCapture">,
  signal: AbortSignal,
): Promise<WireStatus> {
  const { routers, summary, listenedMs, nowMs } = await hearWire(question, ports, signal);
  return {
    interface: question.ifName,
    listened_ms: listenedMs,
    adverts_rejected: summary.rejected,
    instances: routers.flatMap((router) => routerRecord(router, question.ifName, nowMs) ?? []),
  };
}

/** @returns undefined where no advert was believed */
function routerRecord(
  router: VirtualRouter,
  ifName: string,
  nowMs: number,
): WireRouterRecord | undefined {
  const { vrid, family, contention } = router;
  const { masters } = contention;
  const latestFirst = [...router.speakers.values()].sort((a, b) => b.heardMs - a.heardMs);
  const last = (masters[0] ?? latestFirst[0])?.advert;
  if (last === undefined) return undefined;
  const recordsOf = (speakers: readonly Speaker[]) =>
    speakers.map((one) => speakerRecord(one, nowMs));
  return {
    instance: null,
    interface: ifName,
    vrid,
    family: `ipv${family}`,
    version: last.version,
    state: null,
    state_age_ms: null,
    priority: null,
    master: recordsOf(masters)[0] ?? null,
    masters: recordsOf(masters),
    vips: last.addresses.map((address) => ({ address, present: null })),
    peers: recordsOf(latestFirst.filter((one) => !masters.includes(one))),
  };
}

const speakerRecord = (
  { advert, here, adverts, heardMs }: Speaker,
  nowMs: number,
): WireSpeakerRecord => ({
  address: advert.source,
  mac: advert.sourceMac ?? "",
  priority: advert.priority,
  version: advert.version,
  interval_ms: advert.intervalMs,
  adverts,
  advert_age_ms: nowMs - heardMs,
  here,
});
