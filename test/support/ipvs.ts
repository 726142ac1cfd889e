/** Services and destinations of IPVS by short words. */
import assert from "node:assert/strict";
import { parseIp } from "../../src/core/addr.ts";
import type { IpvsDestination } from "../../src/core/netlink/ipvs-destination.ts";
import type { IpvsProtocol, IpvsService, ServiceId } from "../../src/core/netlink/ipvs-service.ts";

/** @param words as `serviceKey` has them: `tcp 192.0.2.1:80`, `fwmark 5 inet6` */
export function serviceId(words: string): ServiceId {
  const [what, at = "", family] = words.split(" ");
  if (what === "fwmark")
    return { by: "fwmark", mark: Number(at), family: family === "inet6" ? 6 : 4 };
  return { by: "address", protocol: what as IpvsProtocol, ...endpoint(at) };
}

export const serviceAt = (words: string, more: Partial<IpvsService> = {}): IpvsService => ({
  ...{ scheduler: "wlc", schedulerFlags: 0, onePacket: false, persistence: null },
  ...more,
  id: serviceId(words),
});

export const destinationTo = (
  at: string,
  more: Partial<IpvsDestination> = {},
): IpvsDestination => ({
  ...{ forwarding: { by: "masq" }, weight: 1, upperThreshold: 0, lowerThreshold: 0 },
  ...more,
  ...endpoint(at),
});

function endpoint(text: string) {
  const [, address = "", port] = /^\[?([^\]]*)\]?:(\d+)$/.exec(text) ?? [];
  const ip = parseIp(address);
  assert.ok(ip !== undefined, text);
  return { ip, port: Number(port) };
}
