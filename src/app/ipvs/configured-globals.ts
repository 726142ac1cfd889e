/** What global_defs of keepalived.conf says of IPVS as a whole: timeouts and sync daemons. */
import type { Globals } from "../../config/effective/globals.ts";
import type { SyncDaemon } from "../../config/tables/global/lvs.ts";
import type { DaemonRole, IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";

/** The last one of each counts. */
export function timeoutsOf({
  lvs_timeouts: written,
}: Pick<Globals, "lvs_timeouts">): IpvsTimeouts | null {
  const last = (name: "tcp" | "tcpfin" | "udp"): number =>
    written.reduce((before, { value }) => value[name]?.value ?? before, 0);
  const timeouts = { tcpS: last("tcp"), tcpFinS: last("tcpfin"), udpS: last("udp") };
  return Object.values(timeouts).every((one) => one === 0) ? null : timeouts;
}

/** @param id where none is written */
export const syncDaemonOf = (
  { ifName, options }: SyncDaemon,
  role: DaemonRole,
  id: number,
): IpvsDaemon => ({
  ...{ role, ifName },
  syncId: options.id?.value ?? id,
  maxBytes: options.maxlen?.value ?? 0,
  group: options.group?.value ?? null,
  port: options.port?.value ?? 0,
  ttl: options.ttl?.value ?? 0,
});

/** One of each role. */
export const syncDaemonsOf = (daemon: SyncDaemon, id: number): readonly IpvsDaemon[] => [
  syncDaemonOf(daemon, "master", id),
  syncDaemonOf(daemon, "backup", id),
];
