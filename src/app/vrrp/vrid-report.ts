/** `vrrp id`: which VRIDs of a LAN are in use and by whom, and which one to take for a new router. */
import { type Family, familyOf, formatIp, formatMac, type IpBytes } from "../../core/addr.ts";
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { Speaker } from "../../proto/sniff/speaker.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";
import { freeVrids, suggestVrid, type VridRange } from "../../proto/vrrp/vrid-choice.ts";
import { hearWire } from "./onlooking.ts";

export interface VridQuestion {
  readonly ifName: string;
  readonly listenMs: number;
  readonly families: readonly Family[]; // those to choose in
  readonly vips: readonly IpBytes[]; // of the new router; each of one of the families
}

export interface VridReport {
  readonly interface: string;
  readonly listened_ms: number;
  readonly families: readonly VridFamilyRecord[];
}

/** A VRID of IPv4 and the same one of IPv6 are two virtual routers, each with a MAC of its own. */
export interface VridFamilyRecord {
  readonly family: "ipv4" | "ipv6";
  readonly suggested: number | null; // null: none is free
  readonly vips: readonly VridVipRecord[]; // those that were asked about
  readonly used: readonly VridUseRecord[]; // ascending
  readonly free: readonly VridRange[]; // ascending
}

export interface VridVipRecord {
  readonly address: string;
  readonly vrid: number | null; // in whose adverts it stands already
}

export interface VridUseRecord {
  readonly vrid: number;
  readonly owners: readonly VridOwnerRecord[];
}

/** Null is what only a believed advert tells. */
export interface VridOwnerRecord {
  readonly protocol: "vrrp" | "carp";
  readonly address: string;
  readonly mac: string;
  readonly version: number | null;
  readonly priority: number | null; // 0: it resigned
  readonly vips: readonly string[];
  readonly here: boolean; // this host sends them
}

type Outside = Parameters<typeof hearWire>[1];

/** @throws SystemError where nothing could be heard; the reason of `signal` when it aborts */
export async function surveyVrids(
  question: VridQuestion,
  ports: Outside,
  signal: AbortSignal,
): Promise<VridReport> {
  const { ifName, listenMs, families, vips } = question;
  const [family, other] = families;
  const wanted = other === undefined ? family : undefined;
  const strange = new Map<string, DisbelievedUse>(); // the first of each VRID
  const { routers, listenedMs } = await hearWire(
    { ifName, vrid: undefined, family: wanted, listenMs },
    ports,
    signal,
    (sighting) => {
      const use = disbelievedUse(sighting);
      const key = `${use?.family} ${use?.vrid}`;
      if (use !== undefined && !strange.has(key)) strange.set(key, use);
    },
  );
  return {
    interface: ifName,
    listened_ms: listenedMs,
    families: families.map((each) =>
      familyRecord(
        each,
        vips.filter((vip) => familyOf(vip) === each),
        routers.filter((router) => router.family === each),
        [...strange.values()].filter((use) => use.family === each),
      ),
    ),
  };
}

function familyRecord(
  family: Family,
  vips: readonly IpBytes[],
  routers: readonly VirtualRouter[],
  strange: readonly DisbelievedUse[],
): VridFamilyRecord {
  const owners = new Map<number, VridOwnerRecord[]>();
  for (const { vrid, contention, speakers } of routers) {
    const all = [...new Set([...contention.masters, ...speakers.values()])]; // masters first
    if (all.length > 0) owners.set(vrid, all.map(ownerRecord));
  }
  for (const use of strange)
    owners.set(use.vrid, [...(owners.get(use.vrid) ?? []), strangerRecord(use)]);
  const used = [...owners]
    .map(([vrid, list]): VridUseRecord => ({ vrid, owners: list }))
    .sort((a, b) => a.vrid - b.vrid);
  const taken = new Set(owners.keys());
  return {
    family: `ipv${family}`,
    suggested: suggestVrid(taken, vips) ?? null,
    vips: vips.map(formatIp).map((address) => ({ address, vrid: vridOf(address, used) })),
    used,
    free: freeVrids(taken),
  };
}

const vridOf = (address: string, used: readonly VridUseRecord[]): number | null =>
  used.find(({ owners }) => owners.some(({ vips }) => vips.includes(address)))?.vrid ?? null;

const ownerRecord = ({ advert, here }: Speaker): VridOwnerRecord => ({
  protocol: "vrrp",
  address: advert.source,
  mac: advert.sourceMac ?? "",
  version: advert.version,
  priority: advert.priority,
  vips: advert.addresses,
  here,
});

/** Somebody uses a VRID with adverts that no receiver of VRRP believes; CARP has the same MAC addresses. */
interface DisbelievedUse {
  readonly protocol: "vrrp" | "carp";
  readonly vrid: number; // 1..255
  readonly family: Family;
  readonly source: string; // IP address
  readonly mac: string; // who sent the frame
}

function disbelievedUse(sighting: Sighting): DisbelievedUse | undefined {
  if (sighting.kind === "carp") {
    const { vhid: vrid, family, source, sourceMac } = sighting.seen;
    const mac = sourceMac === null ? "" : formatMac(sourceMac);
    return { protocol: "carp", vrid, family, source: formatIp(source), mac };
  }
  if (sighting.kind !== "advert" || sighting.speaker !== null) return undefined;
  const { vrid, family, source, sourceMac } = sighting.advert;
  return vrid === 0 ? undefined : { protocol: "vrrp", vrid, family, source, mac: sourceMac ?? "" };
}

const strangerRecord = ({ protocol, source, mac }: DisbelievedUse): VridOwnerRecord => ({
  protocol,
  address: source,
  mac,
  version: null,
  priority: null,
  vips: [],
  here: false,
});
