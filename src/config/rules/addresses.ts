/** Addresses: of several instances, of peers, and whether neighbours look for them where they are. */
import {
  addressBits,
  familyOf,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  isLoopbackIp,
  isMulticastIp,
  isUnspecifiedIp,
  sameIp,
} from "../../core/addr.ts";
import { Networks } from "../../core/networks.ts";
import { NO_HOST_ADDRESS, SOURCE_MOVES } from "../codes/addresses.ts";
import { OUTSIDE_SUBNETS, PEER_IS_HOST } from "../codes/host.ts";
import { PEER_IS_OURSELVES, SHARED_ADDRESS } from "../codes/vrrp.ts";
import { OWNER } from "../effective/identity.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import type { EffectiveAddress, EffectiveInstance } from "../effective/instance.ts";
import { finding } from "../finding.ts";
import type { Span } from "../place.ts";
import type { Facts } from "./facts.ts";

export const addressesOf = (instance: EffectiveInstance): readonly InForce<EffectiveAddress>[] => [
  ...instance.virtual_ipaddress,
  ...instance.virtual_ipaddress_excluded,
];

/** A link-local address may be on each link, and a VMAC is one. */
export function findSharedAddresses({ vrrp, report }: Facts): void {
  const owners = new Map<string, { name: string; span: Span }>();
  for (const instance of vrrp.instances) {
    for (const { value, origin } of addressesOf(instance)) {
      const ip = formatIp(value.address.ip);
      const link = instance.use_vmac.value === null ? value.options.dev.value : instance.name;
      const place = isLinkLocalIp6(value.address.ip) ? `${ip}%${link}` : ip;
      const before = owners.get(place);
      const span = spanOf(origin) ?? instance.span;
      if (before === undefined) {
        owners.set(place, { name: instance.name, span });
        continue;
      }
      const message =
        before.name === instance.name
          ? `${ip} is an address of vrrp_instance ${instance.name} already`
          : `${ip} is an address of vrrp_instance ${before.name} too`;
      const related = [{ span: before.span, message: "first written here" }];
      report(finding(SHARED_ADDRESS, span, message, { related }));
    }
  }
}

export function findPeers({ vrrp, host, report }: Facts): void {
  const ofHost = new Set(addressesOfHost(host).map(formatIp));
  for (const instance of vrrp.instances) {
    const own = instance.unicast_src_ip.value ?? instance.mcast_src_ip.value;
    const seen = new Map<string, Span>();
    for (const { value, origin } of instance.unicast_peer) {
      const ip = formatIp(value.ip);
      const span = spanOf(origin) ?? instance.span;
      const before = seen.get(ip);
      const of = `of vrrp_instance ${instance.name}`;
      if (before !== undefined) {
        const related = [{ span: before, message: "first written here" }];
        report(finding(PEER_IS_OURSELVES, span, `${ip} is a peer ${of} already`, { related }));
      } else if (own !== null && sameIp(own, value.ip)) {
        report(finding(PEER_IS_OURSELVES, span, `peer ${ip} ${of} is its own source address`));
      } else if (ofHost.has(ip)) {
        report(finding(PEER_IS_HOST, span, `peer ${ip} ${of} is an address of this host`));
      }
      seen.set(ip, before ?? span);
    }
  }
}

export const addressesOfHost = (host: Facts["host"]): readonly IpBytes[] =>
  [...(host?.interfaces.values() ?? [])].flatMap(({ addresses }) => addresses.map(({ ip }) => ip));

/** An owner has its addresses all the time. */
export function findMovingSources({ vrrp, report }: Facts): void {
  for (const instance of vrrp.instances) {
    if (instance.priority.value === OWNER) continue;
    for (const source of [instance.unicast_src_ip, instance.mcast_src_ip]) {
      const { value: ip } = source;
      const own = ip && addressesOf(instance).find(({ value }) => sameIp(value.address.ip, ip));
      if (ip === null || !own) continue;
      const message = `adverts of vrrp_instance ${instance.name} come from ${formatIp(ip)}, which is one of its virtual addresses: no BACKUP has it`;
      const help = "write the address that the interface has all the time";
      const related = [{ span: spanOf(own.origin) ?? instance.span, message: "written here" }];
      const at = spanOf(source.origin) ?? instance.span;
      report(finding(SOURCE_MOVES, at, message, { help, related }));
    }
  }
}

/** On lo there may be several of 127.0.0.0/8. */
export function findNoHostAddresses({ vrrp, report }: Facts): void {
  for (const instance of vrrp.instances) {
    for (const { value, origin } of addressesOf(instance)) {
      const { ip } = value.address;
      const what = whatElse(ip, value.options.dev.value === "lo");
      if (what === null) continue;
      const message = `${formatIp(ip)} is ${what}, and no address of a host`;
      report(finding(NO_HOST_ADDRESS, spanOf(origin) ?? instance.span, message));
    }
  }
}

function whatElse(ip: Uint8Array, isOnLoopback: boolean): string | null {
  if (isUnspecifiedIp(ip)) return "the address that stands for none";
  if (isMulticastIp(ip)) return "a multicast group";
  if (familyOf(ip) === 4 && ip.every((byte) => byte === 255)) return "the broadcast of each link";
  return isLoopbackIp(ip) && !isOnLoopback ? "this host itself on each host" : null;
}

/** An address without a network of its own is looked for where the interface has one. */
export function findLostAddresses({ vrrp, host, report }: Facts): void {
  for (const instance of host === null ? [] : vrrp.instances) {
    const all = addressesOf(instance);
    const byLink = new Map<string, Networks>();
    for (const { value } of all) {
      const name = value.options.dev.value ?? "";
      const networks = byLink.get(name) ?? new Networks(host?.interfaces.get(name)?.addresses);
      byLink.set(name, networks);
      networks.add(value.address);
    }
    for (const { value, origin } of all) {
      const { address, options } = value;
      const { dev } = options;
      const isAlone = address.prefixLength === addressBits(familyOf(address.ip));
      const isKnown = host?.interfaces.has(dev.value ?? "") === true;
      if (!isKnown || !isAlone || isLinkLocalIp6(address.ip)) continue;
      if ((byLink.get(dev.value ?? "")?.having(address.ip) ?? 0) > 1) continue; // one is its own
      const message = `${formatIp(address.ip)} is in no network of ${dev.value}`;
      const help = "write it with the length of its network, or on another interface";
      report(finding(OUTSIDE_SUBNETS, spanOf(origin) ?? instance.span, message, { help }));
    }
  }
}
