/** What IPVS is to have of a virtual_server of keepalived.conf, as keepalived sets it. */
import type {
  EffectiveRealServer,
  EffectiveSorryServer,
  EffectiveVirtualServer,
} from "../../config/effective/virtual-server.ts";
import type { Forwarding } from "../../config/entries/forwarding.ts";
import type { Family } from "../../core/addr.ts";
import type { IpvsForwarding } from "../../core/netlink/ipvs-destination.ts";
import {
  hostNetmask,
  type IpvsService,
  type Persistence,
  type ServiceId,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import type { RealServer } from "../../proto/ipvs/real-server.ts";
import { serviceIdsOf } from "./group-addresses.ts";

/** All that it is; each of its servers is behind each. @throws UsageError where a group is too large */
export function ipvsServicesOf(server: EffectiveVirtualServer): IpvsService[] {
  const ids = serviceIdsOf(server);
  if (!isServed(server, ids)) return [];
  return ids.map((id) => ({
    id,
    scheduler: server.lvs_sched.value,
    schedulerFlags: schedulerFlagsOf(server),
    onePacket: server.ops.value !== null,
    persistence: persistenceOf(server, id),
  }));
}

export const realServerOf = ({
  ip,
  port,
  lvs_method,
  uthreshold,
  lthreshold,
}: EffectiveRealServer): RealServer => ({
  ip,
  port: port.value ?? 0,
  forwarding: forwardingOf(lvs_method.value),
  upperThreshold: uthreshold.value ?? 0,
  lowerThreshold: lthreshold.value ?? 0,
});

export const sorryServerOf = ({ ip, port, lvs_method }: EffectiveSorryServer): RealServer => ({
  ip,
  port: port.value ?? 0,
  forwarding: forwardingOf(lvs_method.value),
  ...{ upperThreshold: 0, lowerThreshold: 0 },
});

/** A group of both families is led to by tunnels alone; keepalived ignores it else. */
function isServed({ servers }: EffectiveVirtualServer, ids: readonly ServiceId[]): boolean {
  const families = new Set(ids.map(serviceFamily));
  return families.size < 2 || servers.every((one) => one.lvs_method.value.method === "TUN");
}

function schedulerFlagsOf(server: EffectiveVirtualServer): number {
  let flags = 0;
  for (const [bit, names] of FLAGS) {
    if (names.some((name) => server[name].value !== null)) flags |= bit;
  }
  return flags;
}

function persistenceOf(
  { persistence_timeout, persistence_granularity, persistence_engine }: EffectiveVirtualServer,
  id: ServiceId,
): Persistence | null {
  const { value: granularity } = persistence_granularity;
  const timeoutS = persistence_timeout.value ?? (granularity === null ? null : PERSISTENCE_S);
  if (timeoutS === null) return null;
  const netmask = maskOf(granularity, serviceFamily(id));
  return { timeoutS, netmask, engine: persistence_engine.value };
}

/** A number counts as it is for IPv4 too. */
function maskOf(granularity: number | Uint8Array | null, family: Family): number {
  if (typeof granularity === "number") return granularity;
  if (family === 6 || granularity?.length !== 4) return hostNetmask(family);
  return granularity.reduce((sum, octet) => sum * 256 + octet, 0);
}

function forwardingOf({ method, type, port, checksum }: Forwarding): IpvsForwarding {
  if (method === "NAT") return { by: "masq" };
  if (method === "DR") return { by: "direct" };
  return { by: "tunnel", type, port: port ?? 0, checksum: CHECKSUMS[checksum] };
}

const FLAGS = [
  [1, ["flag-1", "sh-fallback", "mh-fallback"]],
  [2, ["flag-2", "sh-port", "mh-port"]],
  [4, ["flag-3"]],
] as const;
const CHECKSUMS = { nocsum: "none", csum: "sum", remcsum: "remote" } as const;
/** What keepalived takes where a granularity alone is written. */
const PERSISTENCE_S = 360;
