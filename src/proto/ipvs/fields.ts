/** What a service or a destination is set to, as words by name: to be shown, and compared. */

import { formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsDestination, IpvsForwarding } from "../../core/netlink/ipvs-destination.ts";
import {
  hostNetmask,
  type IpvsService,
  type Persistence,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import { schedulerFlagNames } from "./scheduler-flags.ts";
import type { IpvsStep } from "./step.ts";

/** Each with its words, null where it is not set. */
export type Fields = Readonly<Record<string, string | null>>;

export interface ChangedField {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

export function serviceFields(service: IpvsService): Fields {
  const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
  const flags = schedulerFlagNames(scheduler, schedulerFlags);
  return {
    scheduler,
    flags: flags.length === 0 ? null : flags.join("+"),
    persistence: persistence === null ? null : formatDurationMs(persistence.timeoutS * 1000),
    netmask: persistence === null ? null : netmaskText(persistence, serviceFamily(id)),
    engine: persistence?.engine ?? null,
    "one-packet": onePacket ? "yes" : null,
  };
}

export function destinationFields(destination: IpvsDestination): Fields {
  const { forwarding, weight, upperThreshold, lowerThreshold } = destination;
  return {
    method: methodText(forwarding),
    weight: String(weight),
    upper: upperThreshold === 0 ? null : String(upperThreshold),
    lower: lowerThreshold === 0 ? null : String(lowerThreshold),
  };
}

export const timeoutFields = ({ tcpS, tcpFinS, udpS }: IpvsTimeouts): Fields => ({
  tcp: formatDurationMs(tcpS * 1000),
  "tcp-fin": formatDurationMs(tcpFinS * 1000),
  udp: formatDurationMs(udpS * 1000),
});

export const daemonFields = (daemon: IpvsDaemon): Fields => ({
  interface: daemon.ifName,
  "sync-id": String(daemon.syncId),
  "max-bytes": daemon.maxBytes === 0 ? null : String(daemon.maxBytes),
  group: daemon.group === null ? null : formatIp(daemon.group),
  port: daemon.port === 0 ? null : String(daemon.port),
  ttl: daemon.ttl === 0 ? null : String(daemon.ttl),
});

/** What a step sets, changes or takes away; `from` is null throughout where there was nothing. */
export function stepFields(step: IpvsStep): ChangedField[] {
  switch (step.kind) {
    case "add-service":
      return changedFields({}, serviceFields(step.service));
    case "set-service":
      return changedFields(serviceFields(step.from), serviceFields(step.service));
    case "add-destination":
      return changedFields({}, destinationFields(step.destination));
    case "set-destination":
      return changedFields(destinationFields(step.from), destinationFields(step.destination));
    case "quiesce-destination":
      return [{ name: "weight", from: String(step.destination.weight), to: "0" }];
    case "set-timeouts":
      return changedFields(timeoutFields(step.from), timeoutFields(step.timeouts));
    case "start-daemon":
      return changedFields({}, daemonFields(step.daemon));
    case "delete-service":
    case "delete-destination":
    case "stop-daemon":
      return [];
  }
}

/** `nat`, `direct`, `tunnel gue:6080 sum`. */
export function methodText(forwarding: IpvsForwarding): string {
  if (forwarding.by === "masq") return "nat";
  if (forwarding.by !== "tunnel") return forwarding.by;
  const { type, port, checksum } = forwarding;
  return `tunnel ${type}${port === 0 ? "" : `:${port}`}${checksum === "none" ? "" : ` ${checksum}`}`;
}

function changedFields(from: Fields, to: Fields): ChangedField[] {
  return Object.keys(to).flatMap((name): ChangedField[] => {
    const [before, after] = [from[name] ?? null, to[name] ?? null];
    return before === after ? [] : [{ name, from: before, to: after }];
  });
}

/** null: each host counts by itself. */
function netmaskText({ netmask }: Persistence, family: 4 | 6): string | null {
  if (netmask === hostNetmask(family)) return null;
  const length = family === 6 ? netmask : prefixLengthOf(netmask);
  if (length !== null) return `/${length}`;
  return maskText(netmask);
}

/** Of IPv4: `255.255.255.0`. */
export const maskText = (mask: number): string =>
  formatIp(Uint8Array.of(mask >>> 24, mask >>> 16, mask >>> 8, mask));

/** Of a mask of IPv4; null where it is no prefix. */
export function prefixLengthOf(mask: number): number | null {
  const length = Math.clz32(~mask);
  return 2 ** 32 - 2 ** (32 - length) === mask ? length : null;
}
