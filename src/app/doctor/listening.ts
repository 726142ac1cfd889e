/**
 * Listens to the adverts of a LAN twice: without the group, and joined to it, at the interface and on
 * the protocol's own socket side by side.
 */
import { type Family, type IpBytes, isLinkLocalIp6 } from "../../core/addr.ts";
import { compileFilter, every, FRAME_FACTS, field, some } from "../../core/bpf.ts";
import { SystemError } from "../../core/errors.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { decodeEthernet, ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { isMembershipQuery, isVrrp } from "../../core/wire/frame-filter.ts";
import type { Capture, Closable, Ports } from "../../io/ports.ts";
import { AdvertCensus } from "../../proto/doctor/census.ts";
import type { GroupFact, HeardFact } from "../../proto/doctor/facts.ts";
import { vrrpInFrame } from "../../proto/vrrp/frame-datagram.ts";
import { VRRP_GROUP } from "../../proto/vrrp/reach.ts";
import type { Standing } from "./standing.ts";

export interface Listened {
  readonly heard: HeardFact;
  readonly groups: Readonly<Record<Family, GroupFact>>;
}

type Outside = Pick<Ports, "clock" | "openIpSocket" | "openCapture">;

/**
 * Takes part in nothing and sends nothing but the joining of the groups.
 * @param families whose groups are joined
 * @throws SystemError where nothing could be heard; the reason of `signal` when it aborts
 */
export async function listenTwice(
  standing: Standing,
  families: readonly Family[],
  listenMs: number,
  ports: Outside,
  signal: AbortSignal,
): Promise<Listened> {
  const { link } = standing;
  const opened: Closable[] = [];
  const census = new AdvertCensus();
  const queries = { 4: 0, 6: 0 };
  try {
    const capture = ports.openCapture({
      ifName: link.name,
      ifIndex: link.ifIndex,
      filter: compileFilter(
        every(field(FRAME_FACTS.vlanTagged, 4, 0), some(isVrrp(), isMembershipQuery)),
      ),
      snapBytes: SNAP_BYTES,
    });
    opened.push(capture);
    const look = (): void => drain(capture, census, queries, ports.clock.nowMs());
    const startMs = ports.clock.nowMs();
    const joinMs = startMs + listenMs * SHARE_ALONE;
    await lookUntil(joinMs, look, ports, signal);
    const groups = joinGroups(standing, families, census, opened, ports);
    look(); // what came until now may not have been for the sockets
    const heardAt = families.flatMap((family) => [sourceFor(family, standing), VRRP_GROUP[family]]);
    census.join(heardAt);
    const joinedMs = ports.clock.nowMs();
    await lookUntil(startMs + listenMs, look, ports, signal);
    const endMs = ports.clock.nowMs();
    const lost = capture.takeLost();
    await pause(SETTLE_MS, ports); // for what the sockets still have
    const heard: HeardFact = {
      aloneMs: joinedMs - startMs,
      joinedMs: endMs - joinedMs,
      speakers: census.speakers(),
      routers: census.routers(endMs),
      queries,
      lost,
    };
    return { heard, groups };
  } finally {
    for (const part of opened) part.close();
  }
}

/** Where adverts of this host leave from; unspecified where it has no address for it. */
export function sourceFor(family: Family, { addresses }: Pick<Standing, "addresses">): IpBytes {
  const own = addresses.find(({ ip }) => (family === 4 ? ip.length === 4 : isLinkLocalIp6(ip)));
  return own?.ip ?? new Uint8Array(family === 4 ? 4 : 16);
}

/** @throws SystemError where we may not; another refusal is a finding */
function joinGroups(
  standing: Standing,
  families: readonly Family[],
  census: AdvertCensus,
  opened: Closable[],
  ports: Outside,
): Record<Family, GroupFact> {
  const { link, joinedBefore } = standing;
  const groups: Record<Family, GroupFact> = {
    4: { joinedBefore: joinedBefore[4], refusal: null, refusalCode: null },
    6: { joinedBefore: joinedBefore[6], refusal: null, refusalCode: null },
  };
  for (const family of families) {
    try {
      opened.push(
        ports.openIpSocket({
          family,
          protocol: IP_PROTOCOL.vrrp,
          ifName: link.name,
          ifIndex: link.ifIndex,
          source: sourceFor(family, standing),
          group: VRRP_GROUP[family],
          onDatagram: (datagram) => census.receive(datagram),
        }),
      );
    } catch (error) {
      if (!(error instanceof SystemError) || error.code === "EPERM") throw error;
      groups[family] = { ...groups[family], refusal: error.message, refusalCode: error.code };
    }
  }
  return groups;
}

function drain(
  capture: Capture,
  census: AdvertCensus,
  queries: Record<Family, number>,
  atMs: number,
): void {
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    const frames = capture.read();
    if (frames.length === 0) return;
    for (const { bytes, direction } of frames) {
      if (vrrpInFrame(bytes) !== undefined) census.hear(bytes, { here: direction === "out", atMs });
      else count(bytes, queries);
    }
  }
}

/** What passed the filter and carries no VRRP asks who listens, or is broken. */
function count(frame: Uint8Array, queries: Record<Family, number>): void {
  const ethernet = decodeEthernet(frame);
  if (!ethernet.ok) return;
  const { etherType, payload } = ethernet.value;
  if (etherType === ETHER_TYPE.ipv4 && payload[9] === IGMP) queries[4] += 1;
  if (etherType === ETHER_TYPE.ipv6 && payload[6] === IP_PROTOCOL.hopByHop) queries[6] += 1;
}

async function lookUntil(
  endMs: number,
  look: () => void,
  ports: Outside,
  signal: AbortSignal,
): Promise<void> {
  while (ports.clock.nowMs() < endMs) {
    await pause(Math.min(LOOK_MS, endMs - ports.clock.nowMs()), ports);
    signal.throwIfAborted();
    look();
  }
}

const pause = async (ms: number, { clock }: Pick<Ports, "clock">): Promise<void> =>
  await new Promise((resolve) => void clock.at(clock.nowMs() + ms, resolve));

const SHARE_ALONE = 0.3;
const LOOK_MS = 50;
const SETTLE_MS = 50;
const SNAP_BYTES = 65_535; // an advert may be as long as its packet
const MAX_BATCHES = 100; // in one look, whatever floods us
const IGMP = 2;
