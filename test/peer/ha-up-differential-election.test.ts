/** The election: keepalived and `ha up` decide the same. */
import { BEGIN, differential, FAILOVER, row } from "../support/ha-table.ts";

differential("who is MASTER", [
  row("master and backup, and the master takes it back", { a: {}, steps: FAILOVER }),
  row("nopreempt", {
    a: { more: "nopreempt" },
    b: { more: "nopreempt" },
    steps: [...BEGIN, "stop a: b=MASTER", "start a: a=BACKUP", "rest a:"],
  }),
  row("preempt_delay", {
    a: { more: "preempt_delay 1" },
    steps: [
      ...BEGIN,
      "stop a: b=MASTER",
      "start a: a=BACKUP",
      "rest a:",
      "rest a: a=MASTER b=BACKUP",
    ],
  }),
  row("a takeover after five adverts", {
    before: "global_defs {\nvrrp_down_timer_adverts 5\n}\n",
    a: {},
    steps: [...BEGIN, "kill a: b=MASTER"],
    differs: {
      because: "keepalived leaves the addresses of a process that was killed; our leases end",
      keepsVipsWhenKilled: true,
    },
  }),
  row("a last advert before it gives way, and silence towards the lower", {
    before: "global_defs {\nvrrp_higher_prio_send_advert on\nvrrp_lower_prio_no_advert on\n}\n",
    a: {},
    steps: ["start b: b=MASTER", "start a: a=MASTER b=BACKUP", "rest a:"],
  }),
]);
