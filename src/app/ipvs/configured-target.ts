/** What a keepalived.conf wants of IPVS, with all its real servers: as where all of them are up. */
import type { Globals } from "../../config/effective/globals.ts";
import { spanOf } from "../../config/effective/in-force.ts";
import type { EffectiveLvs } from "../../config/effective/lvs.ts";
import { formatPlace, type Span } from "../../config/place.ts";
import { pointedTable } from "../../proto/ipvs/pointed-table.ts";
import { destinationIn } from "../../proto/ipvs/real-server.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";
import { daemonSubject, destinationSubject, type PlacedTarget } from "../../proto/ipvs/target.ts";
import { syncDaemonsOf, timeoutsOf } from "./configured-globals.ts";
import { ipvsServicesOf, realServerOf } from "./configured-servers.ts";

/** A sync daemon that follows a vrrp_instance is not wanted: nobody knows its role here. @throws UsageError where a group is too large */
export function targetOfConfiguration(
  { servers }: Pick<EffectiveLvs, "servers">,
  globals: Pick<Globals, "lvs_timeouts" | "lvs_sync_daemon">,
): PlacedTarget {
  const places = new Map<string, string>();
  const place = (subject: string, span: Span | null): void => {
    if (span !== null && !places.has(subject)) places.set(subject, formatPlace(span.place));
  };
  const pointed = servers.map((one) => ({
    services: ipvsServicesOf(one),
    servers: one.servers.map((real) => ({
      server: realServerOf(real),
      weight: real.weight.value,
      isSorry: false,
      span: real.span,
    })),
    span: one.span,
  }));
  for (const { services, servers: real, span } of pointed) {
    for (const { id } of services) {
      place(serviceKey(id), span);
      for (const { server, span: own } of real)
        place(destinationSubject(id, destinationIn(id, server, 0)), own);
    }
  }
  const { value: daemon, origin } = globals.lvs_sync_daemon;
  const daemons = daemon === null || daemon.instance !== null ? null : syncDaemonsOf(daemon, 0);
  for (const one of daemons ?? []) place(daemonSubject(one), spanOf(origin));
  for (const { origin } of globals.lvs_timeouts) place("timeouts", spanOf(origin));
  return { table: pointedTable(pointed), timeouts: timeoutsOf(globals), daemons, places };
}
