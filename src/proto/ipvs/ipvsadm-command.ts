/** What a command line of ipvsadm(8) asks for, with its defaults. */
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService, ServiceId } from "../../core/netlink/ipvs-service.ts";
import { daemonOf } from "./ipvsadm-daemon.ts";
import { destinationOf, serverOf } from "./ipvsadm-server.ts";
import { hasService, idOf, MOST_SECONDS, serviceOf } from "./ipvsadm-service.ts";
import { numberOf } from "./ipvsadm-values.ts";
import { type IpvsadmLine, readIpvsadmWords, type Word, WordFault } from "./ipvsadm-words.ts";

export type IpvsadmCommand =
  | { readonly kind: "add-service" | "edit-service"; readonly service: IpvsService }
  | { readonly kind: "delete-service"; readonly id: ServiceId }
  | {
      readonly kind: "add-server" | "edit-server";
      readonly id: ServiceId;
      readonly destination: IpvsDestination;
    }
  | {
      readonly kind: "delete-server";
      readonly id: ServiceId;
      readonly destination: Pick<IpvsDestination, "ip" | "port">;
    }
  | { readonly kind: "clear" }
  | { readonly kind: "restore" | "save" | "help" | "version" }
  | ({ readonly kind: "list" } & Listing)
  | { readonly kind: "zero"; readonly id: ServiceId | null }
  | { readonly kind: "set"; readonly timeouts: IpvsTimeouts }
  | { readonly kind: "start-daemon"; readonly daemon: IpvsDaemon }
  | {
      readonly kind: "stop-daemon";
      readonly daemon: Pick<IpvsDaemon, "role" | "ifName" | "syncId">;
    };

export interface Listing {
  readonly what: "services" | "connections" | "timeouts" | "daemons";
  readonly id: ServiceId | null; // null: all services
  readonly columns: ListColumns;
  readonly exact: boolean; // numbers as they are, else in thousands where they are long
  readonly sorted: boolean;
}

export type ListColumns =
  | "stats"
  | "rate"
  | "thresholds"
  | "persistent-conn"
  | "tun-info"
  | "connections";

/** @throws WordFault */
export function readIpvsadmCommand(words: readonly string[]): IpvsadmCommand {
  const line = readIpvsadmWords(words);
  const { command: kind, given, bare } = line;
  switch (kind) {
    case "add-service":
    case "edit-service":
      return { kind, service: serviceOf(line) };
    case "delete-service":
      return { kind, id: idOf(line) };
    case "add-server":
    case "edit-server": {
      const id = idOf(line);
      return { kind, id, destination: destinationOf(line, id) };
    }
    case "delete-server": {
      const id = idOf(line);
      return { kind, id, destination: serverOf(line, id) };
    }
    case "list":
      return { kind, ...listingOf(line) };
    case "zero":
      return { kind, id: hasService(line) ? idOf(line) : null };
    case "set": {
      const [tcp, tcpFin, udp] = bare;
      if (tcp === undefined || tcpFin === undefined || udp === undefined)
        throw new WordFault(
          given.get("set")?.at ?? 0,
          "--set needs three timeouts: tcp tcpfin udp",
        );
      const seconds = (word: Word): number => numberOf(word, kind, 0, MOST_SECONDS);
      return {
        kind,
        timeouts: { tcpS: seconds(tcp), tcpFinS: seconds(tcpFin), udpS: seconds(udp) },
      };
    }
    case "start-daemon":
    case "stop-daemon":
      return { kind, daemon: daemonOf(line) };
    default:
      return { kind };
  }
}

function listingOf(line: IpvsadmLine): Listing {
  const { given } = line;
  const other = [...OTHER_LISTS].find(([name]) => given.has(name));
  const columns = COLUMNS.find((name) => given.has(name));
  const id = hasService(line) ? idOf(line) : null;
  const goesAlong = other?.[0] === "connection" && columns === "persistent-conn"; // engines, too
  if (other !== undefined && (id !== null || (columns !== undefined && !goesAlong)))
    throw new WordFault(
      given.get(other[0])?.at ?? 0,
      `--${other[0]} shows no ${columns === undefined ? "single service" : `--${columns}`}`,
    );
  return {
    what: other?.[1] ?? "services",
    id,
    columns: columns ?? "connections",
    exact: given.has("exact"),
    sorted: !given.has("nosort"),
  };
}

const OTHER_LISTS = new Map([
  ["connection", "connections"],
  ["timeout", "timeouts"],
  ["daemon", "daemons"],
] as const);
/** Of several the first counts. */
const COLUMNS = ["stats", "rate", "thresholds", "persistent-conn", "tun-info"] as const;
