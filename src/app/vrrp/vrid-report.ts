/** `vrrp id`: which VRIDs of a LAN are in use and by whom, and which one to take for a new router. */
import { type Family, familyOf, formatIp, type IpBytes } from "../../core/addr.ts";
import { type DisbelievedUse, disbelievedUse } from "../../proto/vrrp/disbelieved-use.ts";
import { freeVrids, suggestVrid, type VridRange } from "../../proto/vrrp/vrid-choice.ts";
import type { WireRouter, WireSpeaker } from "../../proto/vrrp/wire-survey.ts";
import { hearWire } from "./wire-status.ts";

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
  readonly version: 2 | 3 | null;
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
    (frame) => {
      const use = disbelievedUse(frame);
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
  routers: readonly WireRouter[],
  strange: readonly DisbelievedUse[],
): VridFamilyRecord {
  const owners = new Map<number, VridOwnerRecord[]>();
  for (const { vrid, masters, former } of routers)
    owners.set(vrid, [...masters, ...former].map(ownerRecord));
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

const ownerRecord = ({ last, here }: WireSpeaker): VridOwnerRecord => ({
  protocol: "vrrp",
  address: last.source,
  mac: last.mac,
  version: last.version,
  priority: last.priority,
  vips: last.addresses,
  here,
});

const strangerRecord = ({ protocol, source, mac }: DisbelievedUse): VridOwnerRecord => ({
  protocol,
  address: source,
  mac,
  version: null,
  priority: null,
  vips: [],
  here: false,
});
