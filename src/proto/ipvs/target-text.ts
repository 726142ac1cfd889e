/** A target as the table file that `ipvs sync` reads: YAML 1.2 for people, or JSON. What is usual is left out. */
import { type Family, formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { formatJson } from "../../core/json.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsDestination, IpvsForwarding } from "../../core/netlink/ipvs-destination.ts";
import { hostNetmask, type Persistence, serviceFamily } from "../../core/netlink/ipvs-service.ts";
import { maskText, prefixLengthOf } from "./fields.ts";
import { schedulerFlagNames } from "./scheduler-flags.ts";
import { destinationKey, serviceKey, type VirtualService } from "./table.ts";
import type { IpvsTarget } from "./target.ts";

/** Text of several lines. */
export const formatJsonTable = (target: IpvsTarget): string =>
  `${JSON.stringify(plainTarget(target), undefined, 2)}\n`;

/** Text of several lines: a destination is one. */
export function formatYamlTable(target: IpvsTarget): string {
  const { services, timeouts, daemons } = plainTarget(target);
  const lines = services.length === 0 ? ["services: []"] : ["services:"];
  for (const { destinations, ...service } of services) {
    const rows = Object.entries(service).map(([key, value]) => `${key}: ${yamlOf(value, key)}`);
    lines.push(...rows.map((row, index) => `${index === 0 ? "  - " : "    "}${row}`));
    if (destinations.length === 0) continue;
    lines.push("    destinations:", ...destinations.map((one) => `      - ${yamlOf(one)}`));
  }
  if (timeouts !== undefined) lines.push(`timeouts: ${yamlOf(timeouts)}`);
  if (daemons?.length === 0) lines.push("daemons: []");
  else if (daemons) lines.push("daemons:", ...daemons.map((one) => `  - ${yamlOf(one)}`));
  return `${lines.join("\n")}\n`;
}

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** In one line; `service` stands in no flow, where brackets mean nothing. */
function yamlOf(value: Plain, key?: string): string {
  if (typeof value === "string")
    return PLAIN.test(value) || key === "service" ? value : formatJson(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map((one: Plain) => yamlOf(one)).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}: ${yamlOf(one)}`)
    .join(", ")}}`;
}

const plainTarget = ({ table, timeouts, daemons }: IpvsTarget) => ({
  services: [...table.values()].map(plainService),
  ...(timeouts === null ? {} : { timeouts: plainTimeouts(timeouts) }),
  ...(daemons === null ? {} : { daemons: daemons.map(plainDaemon) }),
});

function plainService({ service, destinations }: VirtualService) {
  const { id, scheduler, schedulerFlags, persistence, onePacket } = service;
  const flags = schedulerFlagNames(scheduler, schedulerFlags);
  return {
    service: serviceKey(id),
    scheduler,
    ...(flags.length > 0 && { flags }),
    ...(persistence && { persistence: plainPersistence(persistence, serviceFamily(id)) }),
    ...(onePacket && { "one-packet": true }),
    destinations: destinations.map(plainDestination),
  };
}

function plainPersistence({ timeoutS, netmask, engine }: Persistence, family: Family): Plain {
  const timeout = seconds(timeoutS);
  const isOfHosts = netmask === hostNetmask(family);
  if (isOfHosts && engine === null) return timeout;
  return {
    timeout,
    ...(!isOfHosts && { netmask: family === 4 ? formatMask(netmask) : netmask }),
    ...(engine !== null && { engine }),
  };
}

/** The length of a prefix where it is one. */
const formatMask = (mask: number): Plain => prefixLengthOf(mask) ?? maskText(mask);

function plainDestination(destination: IpvsDestination): Record<string, Plain> {
  const { weight, forwarding, upperThreshold, lowerThreshold } = destination;
  return {
    server: destinationKey(destination),
    weight,
    method: forwarding.by === "masq" ? "nat" : forwarding.by,
    ...plainTunnel(forwarding),
    ...(upperThreshold > 0 && { upper: upperThreshold }),
    ...(lowerThreshold > 0 && { lower: lowerThreshold }),
  };
}

function plainTunnel(forwarding: IpvsForwarding): Record<string, Plain> {
  if (forwarding.by !== "tunnel") return {};
  const { type, port, checksum } = forwarding;
  return {
    tunnel: type,
    ...(port > 0 && { "tunnel-port": port }),
    ...(checksum !== "none" && { checksum }),
  };
}

const plainTimeouts = ({ tcpS, tcpFinS, udpS }: IpvsTimeouts): Record<string, Plain> => ({
  ...(tcpS > 0 && { tcp: seconds(tcpS) }),
  ...(tcpFinS > 0 && { "tcp-fin": seconds(tcpFinS) }),
  ...(udpS > 0 && { udp: seconds(udpS) }),
});

const plainDaemon = (daemon: IpvsDaemon): Record<string, Plain> => ({
  role: daemon.role,
  interface: daemon.ifName,
  "sync-id": daemon.syncId,
  ...(daemon.maxBytes > 0 && { "max-bytes": daemon.maxBytes }),
  ...(daemon.group !== null && { group: formatIp(daemon.group) }),
  ...(daemon.port > 0 && { port: daemon.port }),
  ...(daemon.ttl > 0 && { ttl: daemon.ttl }),
});

const seconds = (number: number): string => formatDurationMs(number * 1000);

/** Nothing of it means anything in YAML, wherever it stands. */
const PLAIN = /^[a-z0-9][a-z0-9._-]*(?::\d+)?$/i;
