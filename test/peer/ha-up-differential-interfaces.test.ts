/** Tracked interfaces count the same. Processes: keepalived-track-process.test.ts, for in a network namespace it sees none. */
import { BEGIN, differential, faults, row, yields } from "../support/ha-table.ts";
import type { Host } from "../support/netns.ts";

const link = (tracked: string) => ({
  a: { more: `track_interface {\nother ${tracked}\n}` },
  set: async (host: Host) => await host.run("sh", "-c", TWO_ENDS),
});
const TWO_ENDS =
  "ip link add other type veth peer name far; ip link set far up; ip link set other up";
const OTHER_DOWN = "ip link set other down";
const OTHER_UP = "ip link set other up";

differential("tracked interfaces", [
  row("an interface without a weight", { ...link(""), steps: faults(OTHER_DOWN, OTHER_UP) }),
  row("an interface that takes points", {
    ...link("weight -150"),
    steps: yields(OTHER_DOWN, OTHER_UP),
  }),
  row("an interface in reverse", {
    ...link("weight 150 reverse"),
    steps: [
      "ip link set other down a:",
      ...BEGIN,
      `${OTHER_UP} a: a=BACKUP b=MASTER`,
      `${OTHER_DOWN} a: a=MASTER b=BACKUP`,
    ],
  }),
  row("an interface that gives points", {
    ...link("weight 100"),
    b: { priority: 250 },
    steps: [
      "start b: b=MASTER",
      "start a: a=MASTER b=BACKUP",
      `${OTHER_DOWN} a: a=BACKUP b=MASTER`,
      `${OTHER_UP} a: a=MASTER b=BACKUP`,
    ],
  }),
]);
