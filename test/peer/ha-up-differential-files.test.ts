/** What a file holds counts the same. */
import { differential, faults, row, yields } from "../support/ha-table.ts";

const file = (tracked: string, init = "") => ({
  beforeA: `track_file f {\nfile DIR/f\n${init}\n}\n`,
  a: { more: `track_file {\nf ${tracked}\n}` },
});

differential("files", [
  row("a file that takes points", {
    ...file("weight 1", "init_file 0"),
    steps: yields("write f -150", "write f 0"),
  }),
  row("a file without a weight", {
    ...file("weight 0", "init_file 0"),
    steps: faults("write f 1", "remove f"),
  }),
  row("a file in reverse", {
    ...file("weight 1 reverse", "init_file 0"),
    steps: yields("write f 150", "remove f"),
  }),
  row("a file that gives points", {
    ...file("weight 1", "init_file 0"),
    b: { priority: 220 },
    steps: [
      "start b: b=MASTER",
      "start a: a=BACKUP",
      "write f 50 a: a=MASTER b=BACKUP",
      "write f 0 a: a=BACKUP b=MASTER",
    ],
  }),
]);
