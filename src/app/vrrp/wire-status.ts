/** `vrrp status --wire`: who is master on a LAN, from its adverts alone. */
import type { Family, IpBytes } from "../../core/addr.ts";
import { compileFilter, every, FRAME_FACTS, field } from "../../core/bpf.ts";
import { SystemError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { isVrrp } from "../../core/wire/frame-filter.ts";
import type { Capture, Closable, Ports } from "../../io/ports.ts";
import { readFrameAdvert } from "../../proto/vrrp/frame-advert.ts";
import { VRRP_GROUP } from "../../proto/vrrp/reach.ts";
import { type WireRouter, type WireSpeaker, WireSurvey } from "../../proto/vrrp/wire-survey.ts";
import { requireEthernet } from "../announcements.ts";
import { findLink } from "../rtnl.ts";

export interface WireQuestion {
  readonly ifName: string;
  readonly vrid: number | undefined; // all
  readonly family: Family | undefined; // both
  readonly listenMs: number | undefined; // one master-down time of what is heard
}

/** Keys that only the router's own process could fill are null. */
export interface WireRouterRecord {
  readonly instance: null;
  readonly interface: string;
  readonly vrid: number;
  readonly family: "ipv4" | "ipv6";
  readonly version: 2 | 3;
  readonly state: null;
  readonly state_age_ms: null;
  readonly priority: null;
  readonly master: WireSpeakerRecord | null; // the latest where there are several
  readonly masters: readonly WireSpeakerRecord[]; // more than one: split brain
  readonly vips: readonly { readonly address: string; readonly present: null }[];
  readonly peers: readonly WireSpeakerRecord[]; // heard, and not master any more
}

export interface WireSpeakerRecord {
  readonly address: string;
  readonly mac: string;
  readonly priority: number; // 0: it resigned
  readonly version: 2 | 3;
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

/** What was heard; ages are those at `nowMs`. */
export interface WireHearing {
  readonly routers: readonly WireRouter[];
  readonly rejected: Readonly<Record<string, number>>; // adverts by reason
  readonly listenedMs: number;
  readonly nowMs: number;
}

type Outside = Pick<Ports, "clock" | "openNetlink" | "openIpSocket" | "openCapture">;

/** @throws as `hearWire` does */
export async function listenToWire(
  question: WireQuestion,
  ports: Outside,
  signal: AbortSignal,
): Promise<WireStatus> {
  const { ifName } = question;
  const { routers, rejected, listenedMs, nowMs } = await hearWire(question, ports, signal);
  return {
    interface: ifName,
    listened_ms: listenedMs,
    adverts_rejected: rejected,
    instances: routers.map((router) => routerRecord(router, ifName, nowMs)),
  };
}

/**
 * Takes part in nothing; joins VRRP's groups, so that switches let the adverts through.
 * @param onRejected gets each frame with an advert that nobody believes
 * @throws SystemError where nothing could be heard; the reason of `signal` when it aborts
 */
export async function hearWire(
  question: WireQuestion,
  ports: Outside,
  signal: AbortSignal,
  onRejected: (frame: Uint8Array) => void = () => {},
): Promise<WireHearing> {
  const { ifName, vrid, family } = question;
  const opened: Closable[] = [];
  try {
    const link = examine(ifName, ports);
    const untagged = field(FRAME_FACTS.vlanTagged, 4, 0);
    const capture = ports.openCapture({
      ifName,
      ifIndex: link.ifIndex,
      filter: compileFilter(every(untagged, isVrrp(vrid))),
      snapBytes: SNAP_BYTES,
    });
    opened.push(capture, ...joinGroups(link, family, ports));
    return await listen(question, capture, ports, signal, onRejected);
  } finally {
    for (const part of opened) part.close();
  }
}

function examine(ifName: string, ports: Outside): Link {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const link = findLink(netlink, ifName);
    requireEthernet(link);
    if (link.running) return link;
    throw new SystemError("listen", ifName, "ENETDOWN", "the interface is down");
  } finally {
    netlink.close();
  }
}

/** Of both families unless one was asked for: then an interface may be without the other. */
function joinGroups(link: Link, wanted: Family | undefined, ports: Outside): Closable[] {
  return ([4, 6] as const).flatMap((family) => {
    if (family !== (wanted ?? family)) return [];
    try {
      return [joinGroup(link, family, ports)];
    } catch (error) {
      if (wanted === undefined && error instanceof SystemError && error.code !== "EPERM") return [];
      throw error;
    }
  });
}

const joinGroup = ({ name, ifIndex }: Link, family: Family, ports: Outside): Closable =>
  ports.openIpSocket({
    family,
    protocol: IP_PROTOCOL.vrrp,
    ifName: name,
    ifIndex,
    source: UNSPECIFIED[family],
    group: VRRP_GROUP[family],
    onDatagram: () => {}, // the capture has it, whatever a firewall thinks of it
  });

async function listen(
  { family, listenMs }: WireQuestion,
  capture: Capture,
  { clock }: Outside,
  signal: AbortSignal,
  onRejected: (frame: Uint8Array) => void,
): Promise<WireHearing> {
  const survey = new WireSurvey();
  const rejected: Record<string, number> = {};
  const startedMs = clock.nowMs();
  const look = (): void => {
    for (let batches = 0; batches < MAX_BATCHES; batches++) {
      const frames = capture.read();
      if (frames.length === 0) return;
      for (const { bytes, direction } of frames) {
        const advert = readFrameAdvert(bytes);
        if (typeof advert === "string") {
          rejected[advert] = (rejected[advert] ?? 0) + 1;
          onRejected(bytes);
        } else if (advert !== undefined && advert.family === (family ?? advert.family))
          survey.hear(advert, direction === "out", clock.nowMs());
      }
    }
  };
  const endMs = (): number => startedMs + (listenMs ?? Math.min(survey.needMs, LONGEST_MS));
  while (clock.nowMs() < endMs()) {
    const nextMs = Math.min(clock.nowMs() + LOOK_MS, endMs());
    await new Promise<void>((resolve) => void clock.at(nextMs, resolve));
    signal.throwIfAborted();
    look();
  }
  const nowMs = clock.nowMs();
  return { routers: survey.routers(nowMs), rejected, listenedMs: nowMs - startedMs, nowMs };
}

function routerRecord(router: WireRouter, ifName: string, nowMs: number): WireRouterRecord {
  const { vrid, family } = router;
  const [masters, peers] = [router.masters, router.former].map((speakers) =>
    speakers.map((one) => speakerRecord(one, nowMs)),
  );
  const { last } = (router.masters[0] ?? router.former[0]) as WireSpeaker;
  return {
    instance: null,
    interface: ifName,
    vrid,
    family: `ipv${family}`,
    version: last.version,
    state: null,
    state_age_ms: null,
    priority: null,
    master: masters?.[0] ?? null,
    masters: masters ?? [],
    vips: last.addresses.map((address) => ({ address, present: null })),
    peers: peers ?? [],
  };
}

const speakerRecord = (
  { last, here, adverts, heardMs }: WireSpeaker,
  nowMs: number,
): WireSpeakerRecord => ({
  address: last.source,
  mac: last.mac,
  priority: last.priority,
  version: last.version,
  interval_ms: last.intervalMs,
  adverts,
  advert_age_ms: nowMs - heardMs,
  here,
});

const UNSPECIFIED: Readonly<Record<Family, IpBytes>> = {
  4: new Uint8Array(4),
  6: new Uint8Array(16),
};
const SNAP_BYTES = 65_535; // an advert may be as long as its packet
const LOOK_MS = 50;
const MAX_BATCHES = 100; // in one look, whatever floods us
const LONGEST_MS = 180_000; // four of the longest intervals of version 3, and a little
