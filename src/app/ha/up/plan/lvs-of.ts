/** From what is in force for IPVS to the virtual servers whose real servers are checked. */

import type { Globals } from "../../../../config/effective/globals.ts";
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { EffectiveLvs } from "../../../../config/effective/lvs.ts";
import type {
  EffectiveRealServer,
  EffectiveVirtualServer,
} from "../../../../config/effective/virtual-server.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import { UsageError } from "../../../../core/errors.ts";
import type { IpvsService } from "../../../../core/netlink/ipvs-service.ts";
import type { Ports } from "../../../../io/ports.ts";
import { endpointLabel, groupLabel, markLabel } from "../../../../proto/lvs/server-notice.ts";
import { ipvsServicesOf, realServerOf, sorryServerOf } from "../../../ipvs/configured-servers.ts";
import { ipvsSettingsOf } from "./ipvs-settings-of.ts";
import { CheckPlanner } from "./lvs-checks-of.ts";
import type { LvsPlan, PlannedServer, PlannedService, UpDownHooks } from "./lvs-plan.ts";
import type { Programs } from "./programs.ts";

/** @param note told what is not checked, and why. @throws SystemError where a file of SSL cannot be read */
export function lvsPlanOf(
  { servers }: Pick<EffectiveLvs, "servers">,
  instances: readonly Pick<EffectiveInstance, "name" | "virtual_router_id">[],
  configuration: Pick<Configuration, "SSL">,
  globals: Globals,
  programs: Programs,
  ports: Pick<Ports, "readSecretFile">,
  note: (text: string) => void,
): LvsPlan {
  const planner = new CheckPlanner(configuration, globals, programs, ports, note);
  const keys = new Map<string, number>();
  const services = servers.map((one): PlannedService => {
    const label = labelOf(one);
    const protocol = one.protocol.value ?? "none";
    const before = keys.get(`${label} ${protocol}`) ?? 0;
    keys.set(`${label} ${protocol}`, before + 1);
    return {
      label,
      key: `${label} ${protocol}${before === 0 ? "" : ` ${before}`}`,
      quorum: one.quorum.value,
      hysteresis: one.hysteresis.value,
      isOmega: one.omega.value !== null,
      isMailed: one.smtp_alert.value,
      hooks: hooksOf(one.quorum_up, one.quorum_down, programs),
      suspendedWithout:
        one.ha_suspend.value !== null && one.service.by === "address" ? one.service.ip : null,
      sorry:
        one.sorry === null
          ? null
          : {
              label: endpointLabel(one.sorry.ip, one.protocol.value, one.sorry.port.value),
              isInhibited: one.sorry.inhibit.value,
              ipvs: sorryServerOf(one.sorry),
            },
      ipvs: ipvsOf(one, note),
      servers: one.servers.map((server) => serverOf(server, one, label, planner, programs)),
    };
  });
  return {
    services,
    tellsFirst: globals.rs_init_notifies.value ?? false,
    mailsChecks: !(globals.no_checker_emails.value ?? false),
    ipvs: ipvsSettingsOf(globals, instances),
  };
}

function serverOf(
  server: EffectiveRealServer,
  { protocol }: EffectiveVirtualServer,
  service: string,
  planner: CheckPlanner,
  programs: Programs,
): PlannedServer {
  const label = endpointLabel(server.ip, protocol.value, server.port.value);
  return {
    label,
    fileLabel: label,
    weight: server.weight.value,
    isInhibited: server.inhibit_on_failure.value,
    isMailed: server.smtp_alert.value,
    hooks: hooksOf(server.notify_up, server.notify_down, programs),
    checks: server.checks.flatMap((check) =>
      planner.plan(check, `${check.kind} of ${label} for ${service}`),
    ),
    ipvs: realServerOf(server),
  };
}

/** One that is too large is checked and told of all the same. */
function ipvsOf(
  server: EffectiveVirtualServer,
  note: (text: string) => void,
): readonly IpvsService[] {
  try {
    return ipvsServicesOf(server);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    note(`${error.message}; it is checked, and no connection is led to it`);
    return [];
  }
}

function labelOf({ service, protocol }: EffectiveVirtualServer): string {
  if (service.by === "group") return groupLabel(service.name);
  if (service.by === "fwmark") return markLabel(service.mark);
  return endpointLabel(service.ip, protocol.value, service.port);
}

type Command = Parameters<Programs["plan"]>[0];

const hooksOf = (up: Command, down: Command, programs: Programs): UpDownHooks => ({
  up: programs.plan(up),
  down: programs.plan(down),
});
