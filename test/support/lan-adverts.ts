/** What is said on the simulated LAN: the adverts of its routers, and storms of what only looks like one. */
import { type IpBytes, parseIp } from "../../src/core/addr.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import type { Lan } from "./lan.ts";
import { vrrpConfig } from "./vrrp.ts";

/** What a router of this configuration puts on the LAN. */
export function advertBytes(config: VrrpConfig, priority: number, source: IpBytes): Uint8Array {
  const { version, vrid, adverIntervalMs } = config;
  const said = { vrid, priority, adverIntervalCs: adverIntervalMs / 10, addresses: [VIP] };
  const carrier = { source, destination: GROUP };
  return version === 3
    ? encodeVrrp({ version, ...said, checksum: "pseudo-header" }, carrier)
    : encodeVrrp({ version, ...said, auth: { type: "none" } }, carrier);
}

/**
 * Every host gets bad adverts of priority 255 for our VRID from now on, `gapMs` apart: with one byte
 * changed, cut, or whole but from behind another router.
 */
export function storm(lan: Lan, flavour: Partial<VrrpConfig>, forMs: number, gapMs: number): void {
  const good = advertBytes(vrrpConfig(flavour), 255, STRANGER);
  for (let atMs = lan.nowMs; atMs < lan.nowMs + forMs; atMs += gapMs) {
    const kind = lan.below(3);
    const payload = good.slice(0, kind === 0 ? 1 + lan.below(good.length - 1) : good.length);
    const wrong = 2 + lan.below(good.length - 2); // not the VRID: that would be another router's
    if (kind === 1) payload[wrong] = (good[wrong] as number) ^ (1 + lan.below(254));
    const ttl = kind === 2 ? lan.below(255) : 255;
    lan.at(atMs, () => lan.inject({ source: STRANGER, payload, ttl }));
  }
}

export const VIP = parseIp("10.0.0.100") as IpBytes;
export const GROUP = parseIp("224.0.0.18") as IpBytes;
const STRANGER = parseIp("10.0.0.66") as IpBytes;
