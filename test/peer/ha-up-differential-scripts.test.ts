/** What a script says counts the same. */
import { differential, faults, row, yields } from "../support/ha-table.ts";

const script = (tracked: string) => ({
  beforeA: `vrrp_script chk {\nscript "/usr/bin/test ! -e DIR/bad"\ninterval 0.1\ntimeout 2\nuser root\n}\n`,
  a: { more: `track_script {\nchk ${tracked}\n}` },
});

differential("scripts", [
  row("a script without a weight", { ...script(""), steps: faults("write bad x", "remove bad") }),
  row("a script that takes points", {
    ...script("weight -150"),
    steps: yields("write bad x", "remove bad"),
  }),
  row("a script that gives points", {
    ...script("weight 100"),
    b: { priority: 250 },
    steps: [
      "start b: b=MASTER",
      "start a: a=MASTER b=BACKUP",
      "write bad x a: a=BACKUP b=MASTER",
      "remove bad a: a=MASTER b=BACKUP",
    ],
  }),
  row("a script in reverse", {
    ...script("weight 150 reverse"),
    beforeA: `vrrp_script chk {\nscript "/usr/bin/test -e DIR/bad"\ninterval 0.1\ntimeout 2\nuser root\n}\n`,
    steps: yields("write bad x", "remove bad"),
  }),
  row("a script that has to fail three times and to succeed twice", {
    ...script(""),
    beforeA: `vrrp_script chk {\nscript "/usr/bin/test ! -e DIR/bad"\ninterval 0.1\ntimeout 2\nrise 2\nfall 3\nuser root\n}\n`,
    steps: faults("write bad x", "remove bad"),
  }),
]);
