/** From what is in force of a keepalived.conf to who is told of transitions. */
import type { EffectiveVrrp } from "../../../../config/effective/configuration.ts";
import type { Globals } from "../../../../config/effective/globals.ts";
import { isSaid } from "../../../../config/effective/in-force.ts";
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { EffectiveGroup } from "../../../../config/effective/sync-group.ts";
import type {
  HookKind,
  NotifyPlan,
  PlannedFifo,
  PlannedMail,
  PlannedProgram,
} from "./notify-plan.ts";
import type { Programs } from "./programs.ts";

/** @param hostName of this host, where mails need one and the configuration says none */
export function notifyPlanOf(
  { globals, groups }: Pick<EffectiveVrrp, "globals" | "groups">,
  instances: readonly EffectiveInstance[],
  programs: Programs,
  hostName: string,
): NotifyPlan {
  const { vrrp_notify_priority_changes: priorities } = globals;
  return {
    subjects: [
      ...instances.map((one) => ({
        subject: "INSTANCE" as const,
        name: one.name,
        hooks: hooksOf(one, programs, {
          MASTER_RX_LOWER_PRI: one.notify_master_rx_lower_pri,
          DELETED: one.notify_deleted,
        }),
        isMailed: one.smtp_alert.value,
        tellsPriority: one.notify_priority_changes.value,
        tellsDeletion: isSaid(one.notify_deleted),
      })),
      ...groups.map((one) => ({
        subject: "GROUP" as const,
        name: one.name,
        hooks: hooksOf(one, programs),
        isMailed: one.smtp_alert.value ?? false,
        tellsPriority: priorities.value ?? false,
        tellsDeletion: false,
      })),
    ],
    fifos: fifosOf(globals, programs),
    mail: mailOf(globals, hostName),
    retells: globals.fifo_write_vrrp_states_on_reload.value !== null,
  };
}

type Notifying = Pick<
  EffectiveInstance & EffectiveGroup,
  "notify" | "notify_master" | "notify_backup" | "notify_fault" | "notify_stop"
>;

function hooksOf(
  one: Notifying,
  programs: Programs,
  more: Readonly<Partial<Record<HookKind, EffectiveInstance["notify_deleted"]>>> = {},
): Partial<Record<HookKind, PlannedProgram>> {
  const commands = {
    MASTER: one.notify_master,
    BACKUP: one.notify_backup,
    FAULT: one.notify_fault,
    STOP: one.notify_stop,
    change: one.notify,
    ...more,
  };
  const planned = Object.entries(commands).flatMap(([kind, command]) => {
    const program = programs.plan(command);
    return program === null ? [] : [[kind, program] as const];
  });
  return Object.fromEntries(planned);
}

function fifosOf(globals: Globals, programs: Programs): PlannedFifo[] {
  const { notify_fifo, notify_fifo_script, vrrp_notify_fifo, vrrp_notify_fifo_script } = globals;
  const { lvs_notify_fifo, lvs_notify_fifo_script } = globals;
  const mode = 0o644 & ~(globals.umask.value ?? 0o177);
  const pairs = [
    ["all", notify_fifo.value, notify_fifo_script],
    ["vrrp", vrrp_notify_fifo.value, vrrp_notify_fifo_script],
    ["lvs", lvs_notify_fifo.value, lvs_notify_fifo_script],
  ] as const;
  return pairs.flatMap(([of, fifo, script]): PlannedFifo[] => {
    if (fifo === null) return [];
    const { path, user, group } = fifo;
    const owner = user === null ? null : programs.userFor({ user, group });
    if (typeof owner === "string") {
      programs.refused.push(`${path}: ${owner}: nothing is written to it`);
      return [];
    }
    return [{ of, path, mode, owner, reader: programs.plan(script) }];
  });
}

function mailOf(globals: Globals, hostName: string): PlannedMail | null {
  const { smtp_server: server, notification_email: to, notification_email_from: from } = globals;
  if (server.value === null || to.length === 0) return null;
  return {
    server: {
      ...server.value,
      helo: globals.smtp_helo_name.value ?? hostName,
      limitMs: (globals.smtp_connect_timeout.value ?? 30) * 1000,
    },
    from: from.value ?? `root@${hostName}`,
    to: to.map(({ value }) => value),
    routerId: globals.router_id.value ?? hostName,
    tellsFaults: globals.no_email_faults.value === null,
  };
}
