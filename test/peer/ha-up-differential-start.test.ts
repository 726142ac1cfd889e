/** How a node begins: as whom, and when. */
import { differential, FAILOVER, FAST, row } from "../support/ha-table.ts";

differential("how a node begins", [
  row("state MASTER", { a: { pace: FAST.replace("BACKUP", "MASTER") }, steps: FAILOVER }),
  row("an owner", {
    a: { priority: 255 },
    differs: {
      because:
        "ours is MASTER at once, by RFC 9568 section 6.4.1; keepalived tells of a BACKUP before",
      ours: {
        "a.VI": "MASTER - MASTER",
        "a.VI INSTANCE fifo": "MASTER 255, STOP 255, MASTER 255",
        "a.VI INSTANCE notify": "MASTER 255, STOP 255, MASTER 255",
      },
    },
    steps: FAILOVER,
  }),
  row("the same priority: the higher address wins", {
    a: { priority: 100 },
    steps: [
      "start a: a=MASTER",
      "start b: b=BACKUP",
      "cut a: a=FAULT b=MASTER",
      "mend a: a=BACKUP",
      "rest b:",
    ],
  }),
  row("strict mode", {
    before: "global_defs {\nvrrp_strict\n}\n",
    a: {},
    steps: FAILOVER,
  }),
  row("a delay of the start, with nobody there", {
    beforeA: "global_defs {\nvrrp_startup_delay 1\n}\n",
    a: {},
    steps: ["start a: a=MASTER", "start b: b=BACKUP"],
  }),
]);
