/** What of a planned router only its own process can say: its keys, and the interface that has its source address. */
import { formatIp, sameIp } from "../../../../core/addr.ts";
import { SystemError } from "../../../../core/errors.ts";
import type { NetlinkSocket, Ports } from "../../../../io/ports.ts";
import type { HmacSettings } from "../../../../proto/vrrp/hmac.ts";
import { listAddresses, listLinks, routeTo } from "../../../rtnl.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { PlannedKeys, PlannedRouter } from "../plan/plan.ts";

/** @throws SystemError where no interface is its own */
export function settledInstance(
  { instance: planned, keys, afterBootMs = 0 }: PlannedRouter,
  ports: Pick<Ports, "hmacSha256" | "clock">,
  netlink: NetlinkSocket,
): VrrpInstance {
  const hmac = keys && settingsOf(keys, ports);
  const { config } = planned;
  const sinceBootMs = ports.clock.nowMs(); // CLOCK_MONOTONIC
  const startupDelayMs = Math.max(config.startupDelayMs, afterBootMs - sinceBootMs);
  const instance = { ...planned, config: { ...config, startupDelayMs } };
  if (instance.ifName !== "") return { ...instance, hmac };
  const ifName = interfaceOf(instance, netlink);
  const placed = <Vip extends { readonly ifName: string }>(vip: Vip): Vip =>
    vip.ifName === "" ? { ...vip, ifName } : vip;
  return {
    ...instance,
    hmac,
    ifName,
    vips: instance.vips.map(placed),
    excludedVips: instance.excludedVips.map(placed),
  };
}

/** The functions that sign cannot go from process to process. */
function settingsOf(
  { mode, keys: planned, activeId, windowMs }: PlannedKeys,
  { hmacSha256 }: Pick<Ports, "hmacSha256">,
): HmacSettings {
  const keys = planned.map(({ id, secret }) => ({
    id,
    mac: (message: Uint8Array) => hmacSha256(secret, message),
  }));
  // Who only receives signs by none of them.
  const active = keys.find(({ id }) => id === activeId) ?? (keys[0] as (typeof keys)[number]);
  return { mode, keys, active, windowMs };
}

/** That which has the source address; without one that which leads to the first peer. */
function interfaceOf({ name, source, reach }: VrrpInstance, netlink: NetlinkSocket): string {
  const peer = reach.kind === "peers" ? reach.peers[0]?.ip : undefined;
  const ifIndex =
    source === null
      ? peer && routeTo(netlink, peer)?.ifIndex
      : listAddresses(netlink, {}).find(({ ip }) => sameIp(ip, source))?.ifIndex;
  const link = listLinks(netlink).find((one) => one.ifIndex === ifIndex);
  if (link !== undefined) return link.name;
  const why =
    source === null
      ? "no route leads to its peers"
      : `no interface has its unicast_src_ip ${formatIp(source)}`;
  throw new SystemError("take part as", name, "no-interface", `names no interface, and ${why}`);
}
