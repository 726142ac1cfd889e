/** What vrrp_instance and vrrp_sync_group have in common: what they tell of a change. */
import { flag } from "../arguments.ts";
import { commandOf } from "../compound.ts";
import { keyword } from "../keyword.ts";

const ONCE = { isFirst: true, actsIn: "up" } as const;

export const NOTIFY = {
  notify_master: keyword("Run when the state becomes MASTER", commandOf, ONCE),
  notify_backup: keyword("Run when the state becomes BACKUP", commandOf, ONCE),
  notify_fault: keyword("Run when the state becomes FAULT", commandOf, ONCE),
  notify_stop: keyword("Run when keepalived stops", commandOf, ONCE),
  notify: keyword(
    "Run at each change of state, with INSTANCE or GROUP, its name, the state and the priority behind its arguments",
    commandOf,
    ONCE,
  ),
  smtp_alert: keyword("Sends a mail at each change of state", flag, {
    default: "smtp_alert_vrrp of global_defs",
    actsIn: "up",
  }),
  notify_priority_changes: keyword("Tells the FIFO of each change of the priority", flag, {
    default: "vrrp_notify_priority_changes of global_defs",
    actsIn: "up",
  }),
} as const;
