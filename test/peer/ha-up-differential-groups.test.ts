/** Two masters, and sync groups. */
import { differential, pair } from "../support/ha-table.ts";

const SYNC = "vrrp_sync_group G {\ngroup {\nVI\nW\n}\nnotify DIR/log\n}\n";
const BOTH_OF_A = "a.VI=MASTER a.W=MASTER";
const BOTH_OF_B = "b.VI=MASTER b.W=MASTER";

differential("two instances on each node", [
  pair("two masters with crossed priorities", [200, 50], {
    steps: [
      `start a: ${BOTH_OF_A}`,
      "start b: b.VI=BACKUP b.W=MASTER a.W=BACKUP",
      `stop a: ${BOTH_OF_B}`,
      "start a: a.VI=MASTER a.W=BACKUP b.VI=BACKUP",
      `stop b: ${BOTH_OF_A}`,
    ],
  }),
  pair("a sync group, and its end", [200, 200], {
    before: SYNC,
    steps: [
      `start a: ${BOTH_OF_A}`,
      "start b: b.VI=BACKUP b.W=BACKUP",
      `stop a: ${BOTH_OF_B}`,
      `start a: ${BOTH_OF_A} b.VI=BACKUP b.W=BACKUP`,
    ],
  }),
  pair("a sync group of which one member fails", [200, 200], {
    before: `track_file f {\nfile DIR/f\ninit_file 0\n}\n${SYNC}`,
    more: "track_file {\nf weight 0\n}",
    steps: [
      `start a: ${BOTH_OF_A}`,
      "start b: b.VI=BACKUP b.W=BACKUP",
      `write f 1 a: a.VI=FAULT a.W=FAULT ${BOTH_OF_B}`,
      `write f 0 a: ${BOTH_OF_A} b.VI=BACKUP b.W=BACKUP`,
    ],
  }),
  pair("a sync group of an inside and an outside address", [200, 200], {
    before: SYNC,
    placeOfW: "interface eth1",
    vipOfW: "10.1.0.101",
    set: async (host) => {
      const number = host.ipv4.split(".").at(-1);
      const script = `ip link add eth1 type veth peer name far1; ip address add 10.1.0.${number}/24 dev eth1; ip link set far1 up; ip link set eth1 up`;
      await host.run("sh", "-euc", script);
    },
    steps: [
      `start a: ${BOTH_OF_A}`,
      "ip link set eth1 down a: a.VI=FAULT a.W=FAULT",
      `ip link set eth1 up a: ${BOTH_OF_A}`,
    ],
  }),
  pair("a sync group with nopreempt", [200, 200], {
    before: SYNC,
    each: "nopreempt",
    steps: [
      `start a: ${BOTH_OF_A}`,
      "start b: b.VI=BACKUP b.W=BACKUP",
      `stop a: ${BOTH_OF_B}`,
      "start a: a.VI=BACKUP a.W=BACKUP",
      "rest b:",
    ],
  }),
  pair("a sync group that tracks a file for all", [200, 200], {
    before: `track_file f {\nfile DIR/f\ninit_file 0\n}\n${SYNC.replace("notify", "track_file {\nf weight 0\n}\nnotify")}`,
    steps: [
      `start a: ${BOTH_OF_A}`,
      "start b: b.VI=BACKUP b.W=BACKUP",
      `write f 1 a: a.VI=FAULT a.W=FAULT ${BOTH_OF_B}`,
      `write f 0 a: ${BOTH_OF_A} b.VI=BACKUP b.W=BACKUP`,
    ],
  }),
]);
