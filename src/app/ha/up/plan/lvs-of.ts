/** From what is in force for IPVS to the virtual servers whose real servers are checked. */
import type { Globals } from "../../../../config/effective/globals.ts";
import type { EffectiveLvs } from "../../../../config/effective/lvs.ts";
import type {
  EffectiveRealServer,
  EffectiveVirtualServer,
} from "../../../../config/effective/virtual-server.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import type { Ports } from "../../../../io/ports.ts";
import { endpointLabel, groupLabel, markLabel } from "../../../../proto/lvs/server-notice.ts";
import { CheckPlanner } from "./lvs-checks-of.ts";
import type { LvsPlan, PlannedServer, PlannedService, UpDownHooks } from "./lvs-plan.ts";
import type { Programs } from "./programs.ts";

/** @param note told what is not checked, and why. @throws SystemError where a file of SSL cannot be read */
export function lvsPlanOf(
  { servers }: Pick<EffectiveLvs, "servers">,
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
            },
      servers: one.servers.map((server) => serverOf(server, one, label, planner, programs)),
    };
  });
  if (services.length > 0) note(NOT_SET);
  return {
    services,
    tellsFirst: globals.rs_init_notifies.value ?? false,
    mailsChecks: !(globals.no_checker_emails.value ?? false),
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
    weight: server.weight.value,
    isInhibited: server.inhibit_on_failure.value,
    isMailed: server.smtp_alert.value,
    hooks: hooksOf(server.notify_up, server.notify_down, programs),
    checks: server.checks.flatMap((check) =>
      planner.plan(check, `${check.kind} of ${label} for ${service}`),
    ),
  };
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

/** What is told of it is true, and no connection follows it. */
const NOT_SET =
  "real servers are checked, and told of; IPVS itself is not set yet: no connection is led to them";
