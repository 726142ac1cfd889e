/**
 * What the simulation foretells of failing checks is what two of Debian's keepalived do: the same
 * states in the same order on each node, and the same masters one after the other on the wire.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { SimulatedCluster } from "../../src/app/ha/simulate/cluster.ts";
import type { SimulationResult } from "../../src/app/ha/simulate/simulation.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { changesIn, checked, cluster, live } from "../support/simulated.ts";

interface Plan {
  readonly priorities: readonly [number, number];
  readonly weight: number;
  readonly nopreempt?: true;
  readonly grouped?: true; // with a second instance, which tracks nothing
}

const PLANS: Readonly<Record<string, Plan>> = {
  "a weight that never matters": { priorities: [150, 100], weight: -30 },
  "a weight that decides": { priorities: [150, 100], weight: -60 },
  "a weight that is earned": { priorities: [100, 90], weight: 20 },
  "no weight": { priorities: [150, 100], weight: 0 },
  "a weight without preemption": { priorities: [150, 100], weight: -60, nopreempt: true },
  "no weight and no preemption": { priorities: [150, 100], weight: 0, nopreempt: true },
  "a group of which one member tracks": { priorities: [150, 100], weight: 0, grouped: true },
  "a weight in a group, which does not count": {
    priorities: [150, 100],
    weight: -60,
    grouped: true,
  },
};

describe("simulated checks and keepalived's", {
  concurrency: 3,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const [name, plan] of Object.entries(PLANS)) {
    test(name, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), "vipkit-simulate-"));
      t.after(() => rmSync(folder, { recursive: true }));
      const isBad = join(folder, "a-is-bad");
      await using lan = await Lan.open("a", "b", "w");
      const witness = lan.hosts.w.spawn("tcpdump", "-lnni", "eth0", "ip", "proto", "112");
      await witness.lines.next(/listening on/);

      /** Adverts of the foretold master, for so long that anybody else would have taken over. */
      const settle = async (foretold: SimulationResult): Promise<void> => {
        const { node, priority } = standing(foretold);
        const advert = new RegExp(`IP ${lan.hosts[node].ipv4} > .* prio ${priority},`);
        for (let seen = 0; seen < 24; seen += 1) await witness.lines.next(advert);
      };
      const start = (node: "a" | "b") => {
        const file = (suffix: string): string => join(folder, `${node}.${suffix}`);
        writeFileSync(file("conf"), configuration(plan, node, isBad));
        const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
        const options = ["-n", "-l", "-G", "-D", "-P", "--use-file", file("conf")];
        return lan.hosts[node].spawn("keepalived", ...options, ...pids);
      };

      const b = start("b");
      await b.lines.next(/Entering MASTER STATE/);
      const a = start("a");
      const events = ["0s stop a", "5s start a", "15s fail chk@a", "25s recover chk@a"];
      const foretell = (untilS: number, count: number) =>
        live(clusterOf(plan), untilS, ...events.slice(0, count));
      await settle(foretell(15, 2));
      writeFileSync(isBad, "");
      await settle(foretell(25, 3));
      rmSync(isBad);
      const foretold = foretell(40, 4);
      await settle(foretold);

      const told = changesIn(foretold, 1);
      for (const instance of plan.grouped ? ["VI_1", "VI_2"] : ["VI_1"]) {
        const entered = (lines: readonly string[]): string[] => {
          const entry = new RegExp(`\\(${instance}\\) Entering (\\w+) STATE`);
          return lines.flatMap((line) => entry.exec(line)?.[1] ?? []);
        };
        const of = (node: string): string[] => {
          const who = `${node} ${instance} `;
          return told.flatMap((change) =>
            change.startsWith(who) ? [change.slice(who.length)] : [],
          );
        };
        assert.deepEqual(entered(a.lines.all), of("a"));
        assert.deepEqual(entered(b.lines.all).slice(1), of("b"), "but its start");
      }
    });
  }
});

function clusterOf({ priorities, weight, nopreempt, grouped }: Plan): SimulatedCluster {
  const config = { adverIntervalMs: 200, preempt: nopreempt !== true };
  const nodes = priorities.map((priority) => {
    const { instances = [], ...node } = checked(priority, weight, config);
    if (grouped !== true) return { ...node, instances };
    const more = { name: "VI_2", vips: ["10.0.0.101"], config: { ...config, priority, vrid: 52 } };
    const group = { name: "G", members: ["VI_1", "VI_2"], mayWeigh: false };
    return { ...node, instances: [...instances, more], syncGroups: [group] };
  });
  return cluster(...nodes);
}

/** Who is MASTER in the end, and of which priority. */
function standing({ timeline, addresses }: SimulationResult) {
  const node = addresses[0]?.holders[0] === "a" ? "a" : "b";
  const last = timeline.findLast(
    (entry) => (entry.kind === "state" || entry.kind === "priority") && entry.node === node,
  );
  assert.ok(last !== undefined && "priority" in last);
  return { node, priority: last.priority } as const;
}

function configuration(plan: Plan, node: "a" | "b", isBad: string): string {
  const { weight, grouped } = plan;
  const script = node === "a" ? `/usr/bin/test ! -e ${isBad}` : "/usr/bin/true";
  return `
global_defs {
  script_user root
  vrrp_version 3
}
vrrp_script chk {
  script "${script}"
  interval 1
  weight ${weight}
}
${grouped ? "vrrp_sync_group G { \n group { \n VI_1 \n VI_2 \n } \n }" : ""}
${instance(plan, node, 1)}
${grouped ? instance(plan, node, 2) : ""}
`;
}

const instance = ({ priorities, nopreempt }: Plan, node: "a" | "b", number: 1 | 2): string => `
vrrp_instance VI_${number} {
  state BACKUP
  interface eth0
  virtual_router_id ${50 + number}
  priority ${priorities[node === "a" ? 0 : 1]}
  advert_int 0.2
  ${nopreempt ? "nopreempt" : ""}
  virtual_ipaddress {
    10.0.0.${99 + number}
  }
  ${number === 1 ? "track_script {\n chk\n }" : ""}
}
`;
