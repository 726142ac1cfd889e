/**
 * The virtual MAC address of a router (RFC 9568 section 7.3), the macvlan that carries it, and the
 * kernel settings that this takes (ip-sysctl.rst of Linux).
 */
import type { Family, MacBytes } from "../../core/addr.ts";

export interface Vmac {
  readonly ifName: string; // of the macvlan, 1..15 bytes
  readonly mac: MacBytes;
  readonly sendsAdverts: boolean; // else they leave from the interface below it
}

/** What addresses it carries. */
export interface VmacFamilies {
  readonly hasIp4: boolean;
  readonly hasIp6: boolean;
}

/** 00:00:5e:00:01:VRID, for IPv6 00:00:5e:00:02:VRID. */
export const virtualMac = (family: Family, vrid: number): MacBytes =>
  Uint8Array.of(0, 0, 0x5e, 0, family === 4 ? 1 : 2, vrid);

/** As keepalived calls it: `vrrp.51`, `vrrp6.51`. */
export const usualVmacName = (family: Family, vrid: number): string =>
  `vrrp${family === 4 ? "" : "6"}.${vrid}`;

/** A kernel setting: its path below /proc/sys. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/**
 * Of the macvlan itself: it answers for its own addresses alone, takes packets from whom the host
 * reaches by the interface below, and has no IPv6 address that nobody asked for.
 */
export function vmacSettings(
  ifName: string,
  { hasIp6, rpFilterOfAll }: { readonly hasIp6: boolean; readonly rpFilterOfAll: string },
): Setting[] {
  // The greater one of `all` and the interface holds: only 2, loose, takes the edge off a strict `all`.
  const rpFilter = rpFilterOfAll === "1" ? "2" : "0";
  const ip4 = { arp_ignore: "1", accept_local: "1", rp_filter: rpFilter, promote_secondaries: "1" };
  const ip6 = hasIp6 ? { addr_gen_mode: "1", accept_ra: "0" } : { disable_ipv6: "1" };
  return [...inFolder(`net/ipv4/conf/${ifName}`, ip4), ...inFolder(`net/ipv6/conf/${ifName}`, ip6)];
}

/**
 * Settings of the interface below a macvlan as they were before, by their names; of those alone that
 * had to be changed.
 */
export type FormerSettings = ReadonlyMap<string, string>;

/**
 * What has to change below a macvlan that has IPv4 addresses: there the host would answer for them too,
 * and ask others on their behalf, each time with the MAC address below.
 * @param read a setting by its path
 */
export function tooWeakBelow(ifName: string, read: ReadSetting): FormerSettings {
  const former = new Map<string, string>();
  for (const [name, needed] of NEEDED_BELOW) {
    const value = read(pathBelow(ifName, name));
    if (value !== undefined && Number(value) < Number(needed)) former.set(name, value);
  }
  return former;
}

/** What takes the place of those settings. */
export const strengthened = (ifName: string, former: FormerSettings): Setting[] =>
  [...NEEDED_BELOW].flatMap(([name, value]) =>
    former.has(name) ? { path: pathBelow(ifName, name), value } : [],
  );

/** What puts them back, but for what somebody else has changed meanwhile. */
export const restored = (ifName: string, former: FormerSettings, read: ReadSetting): Setting[] =>
  [...former]
    .map(([name, value]) => ({ name, path: pathBelow(ifName, name), value }))
    .filter(({ name, path }) => read(path) === NEEDED_BELOW.get(name))
    .map(({ path, value }) => ({ path, value }));

/**
 * The alias by which a macvlan of ours is known, also after the process that made it has died, when it
 * tells what that process would have put back: `vipkit arp_ignore=0 arp_announce=0`.
 */
export const formatMark = (former: FormerSettings): string =>
  [MARK, ...Array.from(former, ([name, value]) => `${name}=${value}`)].join(" ");

/** @returns undefined where it is no mark of ours. */
export function parseMark(alias: string | null): FormerSettings | undefined {
  const [mark, ...pairs] = (alias ?? "").split(" ");
  if (mark !== MARK) return undefined;
  const former = pairs.map((pair) => /^([a-z_]+)=(\d)$/.exec(pair));
  return new Map(
    former.flatMap((it) => {
      const [, name = "", value = ""] = it ?? [];
      return NEEDED_BELOW.has(name) ? [[name, value] as const] : [];
    }),
  );
}

type ReadSetting = (path: string) => string | undefined;

const pathBelow = (ifName: string, name: string): string => `net/ipv4/conf/${ifName}/${name}`;

const inFolder = (folder: string, values: Readonly<Record<string, string>>): Setting[] =>
  Object.entries(values).map(([name, value]) => ({ path: `${folder}/${name}`, value }));

/**
 * Reply only for addresses of this interface, only if the way back leads through it, and ask with an
 * address of this interface, for who is asked learns the asker's MAC address.
 */
const NEEDED_BELOW: FormerSettings = new Map([
  ["arp_ignore", "1"],
  ["arp_filter", "1"],
  ["arp_announce", "2"],
]);

const MARK = "vipkit";
