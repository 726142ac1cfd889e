/** Virtual routers for tests: what is not said is as `vrrp run` has it by default. */
import assert from "node:assert/strict";
import type { Circumstances } from "../../src/app/vrrp/events.ts";
import { USUAL_SOCKETS, type VrrpInstance } from "../../src/app/vrrp/instance.ts";
import { parseCidr } from "../../src/core/addr.ts";
import type { Parsed } from "../../src/core/clauses.ts";
import { parseVirtualRoute } from "../../src/core/virtual-route.ts";
import { parseVirtualRule } from "../../src/core/virtual-rule.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import { USUAL, type VrrpConfig } from "../../src/proto/vrrp/config.ts";
import { VRRP_GROUP, type VrrpPeer } from "../../src/proto/vrrp/reach.ts";
import { usualScope, type VirtualAddress } from "../../src/proto/vrrp/virtual-address.ts";
import { ip } from "./packets.ts";

export function vrrpConfig(changes: Partial<VrrpConfig> = {}): VrrpConfig {
  return {
    ...USUAL,
    version: 3,
    vrid: 51,
    priority: 100,
    adverIntervalMs: 1000,
    preempt: true,
    preemptDelayMs: 0,
    downAdverts: 3,
    startupDelayMs: 0,
    ownerIgnoresAdverts: false,
    answersLower: true,
    advertisesOnYield: false,
    leaseS: null, // by default it would be 2: a test of leases says so
    garpRepeat: 5,
    garpDelayMs: 5000,
    garpRefreshMs: 60_000,
    onLoss: "restore",
    lossLimit: 10,
    ...changes,
  };
}

/** A virtual address on eth0. */
export function vip(text: string, changes: Partial<VirtualAddress> = {}): VirtualAddress {
  const cidr = parseCidr(text) ?? assert.fail(text);
  const scope = usualScope(cidr.ip);
  return { ...cidr, ifName: "eth0", label: null, scope, metric: 0, tracked: true, ...changes };
}

/** A virtual router on eth0 of `FakePorts`. */
export function vrrpInstance(changes: Partial<VrrpInstance> = {}): VrrpInstance {
  return {
    name: "VI_1",
    ifName: "eth0",
    family: 4,
    vips: [vip("10.0.0.100/24")],
    excludedVips: [],
    vmac: null,
    source: null,
    reach: { kind: "group", group: VRRP_GROUP[changes.family ?? 4] },
    authPass: null,
    hmac: null,
    accept: true,
    verify: null, // by default the gateway is asked: a test of that says so
    tracksLink: true,
    extraGarpOn: [],
    comparesAlways: true,
    sockets: USUAL_SOCKETS,
    routing: { routes: [], rules: [] },
    config: vrrpConfig(),
    ...changes,
  };
}

/** Routes and rules in their users' words. */
export function routing(texts: { routes?: readonly string[]; rules?: readonly string[] }) {
  const must = <T>(result: Parsed<T>): T => (result.ok ? result.value : assert.fail(result.reason));
  return {
    routes: (texts.routes ?? []).map((text) => must(parseVirtualRoute(text, 4))),
    rules: (texts.rules ?? []).map((text) => must(parseVirtualRule(text, 4))),
  };
}
/** What else was so at a transition: nothing worth a word. */
export const CALM: Circumstances = {
  heard: null,
  link: { up: true, running: true, ageMs: 60_000 },
  lateMs: 0,
  worstLateMs: 0,
  suspects: [],
};

/** Peers to be told by unicast, whose adverts may have any TTL. */
export const peersOf = (...addresses: string[]) => ({
  kind: "peers" as const,
  peers: addresses.map((text): VrrpPeer => ({ ip: ip(text), minTtl: 1, maxTtl: 255 })),
});

/** The advert that a peer of such a router sends from `source`, to the group unless said otherwise. */
export function advertOfPeer(
  source: string,
  priority: number,
  addresses = ["10.0.0.100"],
  to = source.includes(":") ? "ff02::12" : "224.0.0.18",
) {
  const advert = {
    version: 3,
    vrid: 51,
    priority,
    adverIntervalCs: 100,
    checksum: "pseudo-header",
    addresses: addresses.map(ip),
  } as const;
  return encodeVrrp(advert, { source: ip(source), destination: ip(to) });
}
