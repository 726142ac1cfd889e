/** The files of the differential tests: instances of a keepalived.conf in few words, and one test for each scenario. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, type Scenario } from "./ha-scenario.ts";
import { labMissing } from "./netns.ts";

export const VIP = "10.0.0.100";
export const FAST = "version 3\nadvert_int 0.1\nstate BACKUP";

export interface Instance {
  readonly priority?: number; // of a 200, of b 100
  readonly name?: string;
  readonly vrid?: number;
  readonly vip?: string;
  readonly pace?: string;
  readonly place?: string;
  readonly more?: string;
}

/** With a program that notes each call. */
export const instance = (of: Instance): string =>
  `vrrp_instance ${of.name ?? "VI"} {
${of.place ?? "interface eth0"}
${of.pace ?? FAST}
virtual_router_id ${of.vrid ?? 51}
priority ${of.priority ?? 100}
notify DIR/log
${of.more ?? ""}
virtual_ipaddress {\n${of.vip ?? VIP}\n}\n}\n`;

interface Row {
  readonly a: Instance;
  readonly b?: Instance;
  readonly before?: string; // of both files
  readonly beforeA?: string;
  readonly steps: readonly string[];
  readonly vip?: string;
  readonly set?: Scenario["set"];
  readonly differs?: Scenario["differs"];
}

/** Two nodes with one instance each. */
export const row = (name: string, of: Row): Scenario => ({
  name,
  conf: {
    a: `${of.before ?? ""}${of.beforeA ?? ""}${instance({ priority: 200, ...of.a })}`,
    b: `${of.before ?? ""}${instance({ ...of.b })}`,
  },
  vips: { VI: of.vip ?? VIP },
  steps: of.steps,
  ...(of.set && { set: of.set }),
  ...(of.differs && { differs: of.differs }),
});

export const BEGIN = ["start a: a=MASTER", "start b: b=BACKUP"];
export const FAILOVER = [...BEGIN, "stop a: b=MASTER", "start a: a=MASTER b=BACKUP"];

/** A tracker of a fails and recovers. */
export const faults = (bad: string, good: string): string[] => [
  ...BEGIN,
  `${bad} a: a=FAULT b=MASTER`,
  `${good} a: a=MASTER b=BACKUP`,
];
export const yields = (bad: string, good: string): string[] => [
  ...BEGIN,
  `${bad} a: a=BACKUP b=MASTER`,
  `${good} a: a=MASTER b=BACKUP`,
];

interface PairWish extends Partial<Scenario> {
  readonly before?: string;
  readonly more?: string; // of VI on a
  readonly placeOfW?: string;
  readonly vipOfW?: string;
  readonly each?: string; // of all instances
}

/** Two instances on each node, VI with one priority and W with another. */
export function pair(name: string, a: [number, number], of: PairWish): Scenario {
  const vip = of.vipOfW ?? "10.0.0.101";
  const confOf = ([first, second]: [number, number], more = ""): string => {
    const w = { priority: second, name: "W", vrid: 52, vip, more: of.each ?? "" };
    return `${of.before ?? ""}${instance({ priority: first, more: `${of.each ?? ""}\n${more}` })}${instance({ ...w, ...(of.placeOfW === undefined ? {} : { place: of.placeOfW }) })}`;
  };
  return {
    name,
    conf: { a: confOf(a, of.more), b: confOf([100, 150]) },
    vips: { VI: VIP, W: vip.split("/")[0] ?? "" },
    steps: of.steps ?? [],
    ...(of.set && { set: of.set }),
    ...(of.differs && { differs: of.differs }),
  };
}

/** One file, one fate, two programs: they do the same at each step, go through the same states and tell the same. */
export function differential(title: string, scenarios: readonly Scenario[]): void {
  const skip = labMissing("keepalived", "tcpdump");
  test(`keepalived and ha up do the same: ${title}`, { skip, concurrency: 5 }, async (t) => {
    await Promise.all(
      scenarios.map((scenario) =>
        t.test(scenario.name, async () => {
          const [theirs, ours] = await Promise.all([
            play(scenario, "keepalived"),
            play(scenario, "vipkit"),
          ]);
          assert.ok(Object.keys(theirs).some((key) => key.endsWith(" fifo")));
          assert.deepEqual(ours, { ...theirs, ...scenario.differs?.ours });
        }),
      ),
    );
  });
}
