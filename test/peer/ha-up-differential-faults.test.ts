/** What befalls a node: its link, its address, its processes. */
import { BEGIN, differential, FAST, faults, row } from "../support/ha-table.ts";

differential("what befalls a node", [
  row("the link goes and comes", {
    a: {},
    steps: [...BEGIN, "cut a: a=FAULT b=MASTER", "mend a: a=MASTER b=BACKUP"],
  }),
  row("a silent switch splits them, and heals", {
    a: {},
    steps: [...BEGIN, "silence a: b=MASTER", "rest b:", "heal a: b=BACKUP"],
  }),
  row("all is killed", {
    a: {},
    differs: {
      because: "keepalived leaves the addresses of a process that was killed; our leases end",
      keepsVipsWhenKilled: true,
    },
    steps: [...BEGIN, "kill a: b=MASTER", "start a: a=MASTER b=BACKUP"],
  }),
  row("a link that is down for less than its delay", {
    beforeA: "interface_up_down_delays {\neth0 1.5 0.1\n}\n",
    a: { pace: FAST.replace("0.1", "1") },
    b: { pace: FAST.replace("0.1", "1") },
    steps: [...BEGIN, "cut a:", "mend a:", "rest b: a=MASTER", "cut a: a=FAULT b=MASTER"],
  }),
  row("its own link is not tracked", {
    a: { more: "dont_track_primary" },
    steps: [...BEGIN, "cut a: b=MASTER", "rest b:", "mend a: b=BACKUP"],
  }),
  row("its source address is missing", {
    // Of one that goes or comes later keepalived 2.2.7 takes no notice.
    a: { more: "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n}\ntrack_src_ip" },
    b: { more: "unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.1\n}" },
    steps: [
      "start b: b=MASTER",
      "ip address delete 10.0.0.1/24 dev eth0 a:",
      "start a: a=FAULT",
      "rest b:",
    ],
    differs: {
      because: "keepalived 2.2.7 tells the one fault twice: of the interface, and of the address",
      ours: { "a.VI INSTANCE fifo": "FAULT 200", "a.VI INSTANCE notify": "FAULT 200" },
    },
  }),
  row("an interface that comes later", {
    before: "global_defs {\ndynamic_interfaces\n}\n",
    beforeA: "",
    a: { place: "interface late0", vip: "10.0.0.100/24 dev late0" },
    steps: [
      "start b: b=MASTER",
      "start a: a=FAULT",
      "ip link add late0 type veth peer name far0 a:",
      "ip address add 10.0.0.9/24 dev late0 a:",
      "ip link set far0 up a:",
      "ip link set late0 up a: a=MASTER",
    ],
  }),
  row("another interface that has an address goes down", {
    a: { more: "virtual_ipaddress_excluded {\n10.9.0.1/24 dev other\n}" },
    b: { more: "virtual_ipaddress_excluded {\n10.9.0.1/24 dev other\n}" },
    set: async (host) =>
      await host.run(
        "sh",
        "-c",
        "ip link add other type veth peer name far; ip link set far up; ip link set other up",
      ),
    steps: faults("ip link set other down", "ip link set other up"),
  }),
]);
