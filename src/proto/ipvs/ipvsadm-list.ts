/** What `ipvsadm -L -n` prints of services and destinations, column by column. */
import type { CountedDestination, IpvsForwarding } from "../../core/netlink/ipvs-destination.ts";
import {
  type CountedService,
  hostNetmask,
  type IpvsService,
  type ServiceId,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import type { IpvsStats } from "../../core/netlink/ipvs-stats.ts";
import type { Listing } from "./ipvsadm-command.ts";
import { netmaskText } from "./ipvsadm-save.ts";
import { schedulerFlagNames } from "./scheduler-flags.ts";
import { destinationKey } from "./table.ts";

/** A service with all that the kernel counts of it. */
export interface Listed extends CountedService {
  readonly destinations: readonly CountedDestination[];
}

/** The title, and a line for each service and each of its destinations. */
export function formatIpvsadmList(
  services: readonly Listed[],
  { columns, exact }: Pick<Listing, "columns" | "exact">,
): string[] {
  const ofService = (one: Listed): string => {
    const name = serviceName(one.service.id);
    if (columns !== "stats" && columns !== "rate") return `${name} ${scheduling(one.service)}`;
    return `${name.padEnd(33)}${numbers(one.stats, columns, exact)}`;
  };
  return [
    ...TITLES[columns],
    ...services.flatMap((one) => [
      ofService(one),
      ...one.destinations.map((to) => destinationLine(to, columns, exact)),
    ]),
  ];
}

function destinationLine(
  counted: CountedDestination,
  columns: Listing["columns"],
  exact: boolean,
): string {
  const { destination, active, inactive, persistent, stats } = counted;
  const { forwarding, weight, upperThreshold, lowerThreshold } = destination;
  const name = `  -> ${destinationKey(destination).padEnd(28)}`;
  const connections = padded([active, 10], [inactive, 10]);
  switch (columns) {
    case "stats":
    case "rate":
      return `${name}${numbers(stats, columns, exact)}`;
    case "thresholds":
      return `${name} ${padded([upperThreshold, 10], [lowerThreshold, 10])} ${connections}`;
    case "persistent-conn":
      return `${name} ${padded([weight, 9], [persistent, 11])} ${connections}`;
    case "tun-info": {
      const [way, tunnel] = [FORWARDINGS[forwarding.by], tunnelInfo(forwarding)];
      return `${name} ${padded([way, 7], [tunnel, 13], [weight, 6])} ${connections}`;
    }
    case "connections":
      return `${name} ${padded([FORWARDINGS[forwarding.by], 7], [weight, 6])} ${connections}`;
  }
}

const padded = (...values: readonly (readonly [value: string | number, width: number])[]): string =>
  values.map(([value, width]) => String(value).padEnd(width)).join(" ");

const serviceName = (id: ServiceId): string =>
  id.by === "fwmark"
    ? `FWM  ${id.mark}${id.family === 6 ? " IPv6" : ""}`
    : `${id.protocol.toUpperCase().padEnd(4)} ${destinationKey(id)}`;

function scheduling(service: IpvsService): string {
  const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
  const words = [scheduler];
  if (schedulerFlags !== 0)
    words.push(`(${schedulerFlagNames(scheduler, schedulerFlags).join(",")})`);
  if (persistence !== null) {
    const { timeoutS, netmask, engine } = persistence;
    words.push(`persistent ${timeoutS}`);
    if (netmask !== hostNetmask(serviceFamily(id))) words.push(`mask ${netmaskText(id, netmask)}`);
    if (engine !== null) words.push(`pe ${engine}`);
  }
  if (onePacket) words.push("ops");
  return words.join(" ");
}

/** `gue:6080:r+c`: a checksum, of the inner packet left to the receiver. */
function tunnelInfo(forwarding: IpvsForwarding): string {
  if (forwarding.by !== "tunnel") return "n/a";
  const { type, port, checksum } = forwarding;
  if (type === "ipip") return type;
  const sum = { none: "-c", sum: "+c", remote: "r+c" }[checksum];
  return type === "gue" ? `${type}:${port}:${sum}` : `${type}:${sum}`;
}

function numbers(stats: IpvsStats, columns: "stats" | "rate", exact: boolean): string {
  const { connections, inPackets, outPackets, inBytes, outBytes } = stats;
  const { connectionsPerS, inPacketsPerS, outPacketsPerS, inBytesPerS, outBytesPerS } = stats;
  const all =
    columns === "stats"
      ? [connections, inPackets, outPackets, inBytes, outBytes]
      : [connectionsPerS, inPacketsPerS, outPacketsPerS, inBytesPerS, outBytesPerS];
  return all.map((number) => ` ${(exact ? `${number}` : shortened(number)).padStart(8)}`).join("");
}

/** From a hundred million on in thousands, and so on. */
function shortened(number: bigint): string {
  const unit = UNITS.find(({ below }) => number < below);
  return unit === undefined ? `${number / TERA}T` : `${number / unit.divisor}${unit.letter}`;
}

const TERA = 1_000_000_000_000n;
const UNITS = [
  { below: 100_000_000n, divisor: 1n, letter: "" },
  { below: 1_000_000_000n, divisor: 1000n, letter: "K" },
  { below: 100_000_000_000n, divisor: 1_000_000n, letter: "M" },
  { below: 100_000_000_000_000n, divisor: 1_000_000_000n, letter: "G" },
];

const FORWARDINGS = {
  ...{ masq: "Masq", local: "Local", tunnel: "Tunnel", direct: "Route", bypass: "Bypass" },
} as const;

const title = (...names: readonly string[]): readonly string[] => [
  `${"Prot LocalAddress:Port".padEnd(33)} ${names.join(" ")}`,
  "  -> RemoteAddress:Port",
];
const CONNECTIONS = ["ActiveConn", "InActConn "];
const SCHEDULER = "Prot LocalAddress:Port Scheduler Flags";
const TITLES: Readonly<Record<Listing["columns"], readonly string[]>> = {
  stats: title("   Conns", "  InPkts", " OutPkts", " InBytes", "OutBytes"),
  rate: title("     CPS", "   InPPS", "  OutPPS", "   InBPS", "  OutBPS"),
  thresholds: title("Uthreshold", "Lthreshold", ...CONNECTIONS),
  "persistent-conn": title("Weight   ", "PersistConn", ...CONNECTIONS),
  "tun-info": [
    SCHEDULER,
    "  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn",
  ],
  connections: [SCHEDULER, "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn"],
};
