/** What IPVS has and counts, in the order that is wanted. */
import { compareIp } from "../../core/addr.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import type { Ports } from "../../io/ports.ts";
import { type CountedVirtualService, IpvsKernel } from "./kernel.ts";
import {
  type IpvsServiceRecord,
  type IpvsSettingsRecord,
  ipvsServiceRecord,
  ipvsSettingsRecord,
} from "./service-record.ts";

export interface ShownIpvs extends IpvsSettingsRecord {
  readonly services: readonly IpvsServiceRecord[];
}

/** @param wants of which services. @throws SystemError */
export function showIpvs(
  ports: Pick<Ports, "openNetlink">,
  wants: (id: ServiceId) => boolean,
  order: ShownOrder,
): ShownIpvs {
  const kernel = new IpvsKernel(ports);
  try {
    const counted = kernel.read(wants);
    const settings = ipvsSettingsRecord(kernel.timeouts(), kernel.daemons());
    return { services: inOrder(counted, order), ...settings };
  } finally {
    kernel.close();
  }
}

export const SHOWN_ORDERS = [
  ...(["service", "weight", "active", "inactive", "persistent", "connections", "rate"] as const),
  ...(["in-bytes", "out-bytes", "in-rate", "out-rate"] as const),
];
export type ShownOrder = (typeof SHOWN_ORDERS)[number];

/** By name, or by a number, the largest first; servers of a service likewise. */
function inOrder(
  counted: readonly CountedVirtualService[],
  order: ShownOrder,
): IpvsServiceRecord[] {
  const services = counted
    .map((one) => ({
      ...one,
      destinations: [...one.destinations].sort((a, b) =>
        compareEndpoints(a.destination, b.destination),
      ),
    }))
    .sort((a, b) => compareServices(a.service.id, b.service.id))
    .map(ipvsServiceRecord);
  if (order === "service") return services;
  const field = NUMBERS[order];
  const byNumber = (a: Numbers, b: Numbers): number =>
    Number(b[field] > a[field]) - Number(b[field] < a[field]);
  return services
    .map((one) => ({ ...one, servers: [...one.servers].sort(byNumber) }))
    .sort(byNumber);
}

const NUMBERS = {
  ...({ weight: "weight", active: "active", inactive: "inactive" } as const),
  ...({ persistent: "persistent", connections: "connections" } as const),
  ...({ rate: "connections_per_s", "in-bytes": "in_bytes", "out-bytes": "out_bytes" } as const),
  ...({ "in-rate": "in_bytes_per_s", "out-rate": "out_bytes_per_s" } as const),
} satisfies Record<Exclude<ShownOrder, "service">, keyof IpvsServiceRecord>;
type Numbers = Readonly<Record<(typeof NUMBERS)[keyof typeof NUMBERS], number | bigint>>;

/** Those with an address before firewall marks. */
function compareServices(a: ServiceId, b: ServiceId): number {
  if (a.by === "fwmark" && b.by === "fwmark") return a.mark - b.mark || a.family - b.family;
  if (a.by === "fwmark" || b.by === "fwmark") return a.by === "fwmark" ? 1 : -1;
  return compareEndpoints(a, b) || (a.protocol < b.protocol ? -1 : 1);
}

const compareEndpoints = (a: Endpoint, b: Endpoint): number =>
  compareIp(a.ip, b.ip) || a.port - b.port;

type Endpoint = Pick<IpvsDestination, "ip" | "port">;
