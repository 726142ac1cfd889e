/** Five nodes lose any four, and the one that is left serves. */
import type { Scenario } from "../support/ha-scenario.ts";
import { differential, instance, VIP } from "../support/ha-table.ts";

const NODES = ["a", "b", "c", "d", "e"] as const;
const PRIORITIES: Readonly<Record<string, number>> = { a: 250, b: 200, c: 150, d: 100, e: 50 };

const five = (name: string, more: string, steps: readonly string[]): Scenario => ({
  name,
  conf: Object.fromEntries(
    NODES.map((node) => [node, instance({ priority: PRIORITIES[node] ?? 0, more })]),
  ),
  vips: { VI: VIP },
  steps,
});

const ALL = [
  "start a: a=MASTER",
  ...["b", "c", "d", "e"].map((node) => `start ${node}: ${node}=BACKUP`),
];

differential("five nodes", [
  five("the best goes, then the next, until one is left", "", [
    ...ALL,
    "stop a: b=MASTER",
    "stop b: c=MASTER",
    "stop c: d=MASTER",
    "stop d: e=MASTER",
  ]),
  five("links go, and the weakest is left; all come back", "", [
    ...ALL,
    "cut a: a=FAULT b=MASTER",
    "cut b: b=FAULT c=MASTER",
    "cut c: c=FAULT d=MASTER",
    "cut d: d=FAULT e=MASTER",
    "mend a: a=MASTER e=BACKUP",
    "mend c: c=BACKUP",
  ]),
  five("with nopreempt who is MASTER stays it", "nopreempt", [
    ...ALL,
    "cut a: a=FAULT b=MASTER",
    "mend a: a=BACKUP",
    "stop b: a=MASTER",
  ]),
]);
