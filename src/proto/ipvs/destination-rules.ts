/** What a destination cannot be, alone or of its service. */
import {
  familyOf,
  type IpBytes,
  isLinkLocalIp6,
  isMappedIp4,
  isMulticastIp,
  isUnspecifiedIp,
} from "../../core/addr.ts";
import { type IpvsDestination, MOST_WEIGHT } from "../../core/netlink/ipvs-destination.ts";
import { type IpvsService, serviceFamily } from "../../core/netlink/ipvs-service.ts";
import type { Rule } from "./rules.ts";

interface Member {
  readonly service: IpvsService;
  readonly destination: IpvsDestination;
  readonly isTwice: boolean; // the service has one of this address and port already
}

export const destinationRules: readonly Rule<Member>[] = [
  {
    code: "destination-twice",
    severity: "error",
    tell: ({ isTwice }) => isTwice && "it is there twice",
  },
  {
    code: "destination-address",
    severity: "error",
    tell: ({ destination: { ip } }) =>
      !isUnicast(ip) && "a real server has a unicast address, and no IPv4 one written as IPv6",
  },
  {
    code: "destination-family",
    severity: "error",
    tell: ({ service, destination: { ip, forwarding } }) =>
      familyOf(ip) !== serviceFamily(service.id) &&
      forwarding.by !== "tunnel" &&
      "only a tunnel leads to a server of the other IP version",
  },
  {
    code: "thresholds",
    severity: "error",
    tell: ({ destination: { lowerThreshold, upperThreshold } }) =>
      lowerThreshold > upperThreshold &&
      `the lower threshold ${lowerThreshold} is above the upper one, ${upperThreshold}`,
  },
  {
    code: "weight",
    severity: "error",
    tell: ({ destination: { weight } }) =>
      weight > MOST_WEIGHT && `a weight is not above ${MOST_WEIGHT}`,
  },
  {
    code: "tunnel-port-missing",
    severity: "error",
    tell: ({ destination: { forwarding } }) =>
      forwarding.by === "tunnel" &&
      forwarding.type === "gue" &&
      forwarding.port === 0 &&
      "a tunnel gue needs a port",
  },
  {
    code: "link-local",
    severity: "warning",
    tell: ({ destination: { ip } }) =>
      isLinkLocalIp6(ip) &&
      "the kernel takes a link-local address only where it is one of this host",
  },
  {
    code: "tunnel-port",
    severity: "warning",
    tell: ({ destination: { forwarding } }) =>
      forwarding.by === "tunnel" &&
      forwarding.type !== "gue" &&
      forwarding.port !== 0 &&
      `a tunnel ${forwarding.type} has no port: ${forwarding.port} does nothing`,
  },
  {
    code: "tunnel-checksum",
    severity: "warning",
    tell: ({ destination: { forwarding } }) =>
      forwarding.by === "tunnel" &&
      (forwarding.type === "ipip"
        ? forwarding.checksum !== "none"
        : forwarding.type === "gre" && forwarding.checksum === "remote") &&
      `a tunnel ${forwarding.type} has no such checksum: it does nothing`,
  },
  {
    code: "destination-port",
    severity: "warning",
    tell: ({ service: { id }, destination: { port, forwarding } }) =>
      id.by === "address" &&
      forwarding.by !== "masq" &&
      port !== 0 &&
      port !== id.port &&
      `packets keep the port of the service where forwarding is ${forwarding.by}: ${port} does nothing`,
  },
];

function isUnicast(ip: IpBytes): boolean {
  if (isUnspecifiedIp(ip) || isMulticastIp(ip) || isMappedIp4(ip)) return false;
  return familyOf(ip) === 6 || !ip.every((byte) => byte === 255);
}
