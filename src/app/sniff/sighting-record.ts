/** Packets, changes and virtual routers as `vrrp sniff -j` prints them: every key of a type is always there. */
import { formatIp, formatMac } from "../../core/addr.ts";
import type { CapturePacket } from "../../core/capture/packet.ts";
import { directionOf } from "../../core/dissect/link-layer.ts";
import { formatTimestamp, formatTimestampMs } from "../../core/timestamp.ts";
import type { Change } from "../../proto/sniff/change.ts";
import { authName } from "../../proto/sniff/differences.ts";
import { type Reason, worstLevel } from "../../proto/sniff/reason.ts";
import type { AdvertSighting, OtherSighting, Sighting } from "../../proto/sniff/sighting.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";

/** @param showSecrets whether passwords of version 2 are told */
export function sightingRecord(
  sighting: Sighting,
  packet: CapturePacket,
  showSecrets: boolean,
): object {
  const head = {
    type: sighting.kind === "claim" ? "announcement" : sighting.kind,
    ts: formatTimestamp(packet.seconds, packet.nanoseconds),
    segment: sighting.segment,
    direction: directionOf(packet),
  };
  const body = sighting.kind === "advert" ? advertBody(sighting, showSecrets) : otherBody(sighting);
  // With more than two a spread makes a slow object: half the time of `-j`.
  return Object.assign(head, body, verdictOf(sighting.reasons));
}

export function changeRecord({ atMs, family, ...change }: Change): object {
  const { segment, vrid, kind, ...rest } = change;
  return {
    type: "change",
    ts: formatTimestampMs(atMs),
    segment,
    vrid,
    family: `ipv${family}`,
    change: kind,
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key.replace(/Ms$/, "_ms"), value]),
    ),
  };
}

/** What is known of a virtual router now; also a row of the table. */
export interface RouterRecord {
  readonly type: "router";
  readonly segment: string;
  readonly vrid: number;
  readonly family: "ipv4" | "ipv6";
  readonly master: string | null;
  readonly mac: string | null;
  readonly master_since: string | null; // at the latest
  readonly priority: number | null;
  readonly version: number | null;
  readonly interval_ms: number | null;
  readonly jitter_p50_ms: number | null;
  readonly jitter_p99_ms: number | null;
  readonly advert_age_ms: number | null;
  readonly adverts: number;
  readonly missed: number;
  readonly takeovers: number;
  readonly rejected: number;
  readonly other_masters: readonly string[];
  readonly backups: readonly string[]; // who was heard and is not master now
  readonly addresses: readonly string[];
  readonly verdict: string; // "ok", or what is wrong
}

export function routerRecord(router: VirtualRouter, nowMs: number): RouterRecord {
  const { segment, vrid, family, master, contention, speakers } = router;
  const all = [...speakers.values()];
  const sources = (of: typeof all) => of.map(({ advert }) => advert.source);
  const { masters } = contention;
  return {
    type: "router",
    segment,
    vrid,
    family: `ipv${family}`,
    master: master?.advert.source ?? null,
    mac: master?.advert.sourceMac ?? null,
    master_since: master === undefined ? null : formatTimestampMs(master.claimedMs),
    priority: master?.advert.priority ?? null,
    version: master?.advert.version ?? null,
    interval_ms: master?.advert.intervalMs ?? null,
    jitter_p50_ms: master?.jitter.percentileMs(0.5) ?? null,
    jitter_p99_ms: master?.jitter.percentileMs(0.99) ?? null,
    advert_age_ms: router.heardMs === null ? null : nowMs - router.heardMs,
    adverts: all.reduce((sum, { adverts }) => sum + adverts, 0),
    missed: router.missed,
    takeovers: contention.takeovers,
    rejected: router.rejected,
    other_masters: sources(masters.slice(1)),
    backups: sources(all.filter((one) => !masters.includes(one))),
    addresses: master?.advert.addresses ?? [],
    verdict: routerVerdict(router),
  };
}

function routerVerdict({ contention, master, rejected, speakers }: VirtualRouter): string {
  const { masters } = contention;
  if (masters.length > 1) return `SPLIT: ${masters.length} masters`;
  if (master === undefined) {
    return speakers.size === 0 && rejected > 0 ? "no advert is believed" : "NO MASTER";
  }
  const wrong = master.reasons.filter(({ level }) => level !== "note");
  if (wrong.length > 0) return wrong.map(({ text }) => text).join("; ");
  return rejected > 0 ? `${rejected} adverts not believed` : "ok";
}

function advertBody({ advert, router }: AdvertSighting, showSecrets: boolean): object {
  const { auth, checksum } = advert;
  return {
    family: `ipv${advert.family}`,
    source: advert.source,
    destination: advert.destination,
    source_mac: advert.sourceMac,
    destination_mac: advert.destinationMac,
    ttl: advert.ttl,
    version: advert.version,
    vrid: advert.vrid,
    priority: advert.priority,
    interval_ms: advert.intervalMs,
    auth: authName(auth),
    password:
      showSecrets && auth.kind === "simple" ? new TextDecoder().decode(auth.password) : null,
    key_id: auth.kind === "hmac" ? auth.keyId : null,
    checksum: checksum.value,
    checksum_pseudo_header: checksum.pseudoHeader,
    checksum_bare: checksum.bare,
    addresses: advert.addresses,
    master: router.master?.advert.source ?? null,
    master_since: router.master === undefined ? null : formatTimestampMs(router.master.claimedMs),
  };
}

function otherBody(sighting: OtherSighting): object {
  const { seen } = sighting;
  const macs = {
    family: `ipv${seen.family}`,
    source_mac: seen.sourceMac === null ? null : formatMac(seen.sourceMac),
    destination_mac: seen.destinationMac === null ? null : formatMac(seen.destinationMac),
  };
  if (sighting.kind === "claim") {
    const { ip, mac, manner } = sighting.seen;
    const { vrid } = sighting.router;
    return { ...macs, vrid, address: formatIp(ip), mac: formatMac(mac), manner };
  }
  const { source, destination } = sighting.seen;
  const ends = {
    source: source === null ? null : formatIp(source),
    destination: destination === null ? null : formatIp(destination),
  };
  if (sighting.kind === "broken") return { ...macs, ...ends, code: sighting.seen.code };
  const { ttl, vhid, advskew, advbase } = sighting.seen;
  return { ...macs, ...ends, ttl, vhid, advskew, advbase_s: advbase };
}

const verdictOf = (reasons: readonly Reason[]): object => ({
  verdict: worstLevel(reasons) ?? "ok",
  reasons: reasons.map(({ code, level, text }) => ({ code, level, text })),
});
