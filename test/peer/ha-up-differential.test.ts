/** One file, one fate, two programs: keepalived and `ha up` do the same at each step, and go through the same states. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, type Scenario } from "../support/ha-scenario.ts";
import { labMissing } from "../support/netns.ts";

const VIP = "10.0.0.100";
const FAST = "version 3\nadvert_int 0.1\nstate BACKUP";

interface Instance {
  readonly priority: number;
  readonly name?: string;
  readonly vrid?: number;
  readonly vip?: string;
  readonly pace?: string;
  readonly place?: string;
  readonly more?: string;
}

const instance = (of: Instance): string =>
  `vrrp_instance ${of.name ?? "VI"} {
${of.place ?? "interface eth0"}
${of.pace ?? FAST}
virtual_router_id ${of.vrid ?? 51}
priority ${of.priority}
${of.more ?? ""}
virtual_ipaddress {\n${of.vip ?? VIP}\n}\n}\n`;

interface Row {
  readonly a: Omit<Instance, "priority"> & { readonly priority?: number };
  readonly b?: Omit<Instance, "priority"> & { readonly priority?: number };
  readonly before?: string; // of both files
  readonly beforeA?: string;
  readonly steps: readonly string[];
  readonly vip?: string;
  readonly set?: Scenario["set"];
  readonly differs?: Scenario["differs"];
}

const row = (name: string, of: Row): Scenario => ({
  name,
  conf: {
    a: `${of.before ?? ""}${of.beforeA ?? ""}${instance({ priority: 200, ...of.a })}`,
    b: `${of.before ?? ""}${instance({ priority: 100, ...of.b })}`,
  },
  vips: { VI: of.vip ?? VIP },
  steps: of.steps,
  ...(of.set && { set: of.set }),
  ...(of.differs && { differs: of.differs }),
});

const BEGIN = ["start a: a=MASTER", "start b: b=BACKUP"];
const FAILOVER = [...BEGIN, "stop a: b=MASTER", "start a: a=MASTER b=BACKUP"];
/** A tracker of a fails and recovers. */
const faults = (bad: string, good: string) => [
  ...BEGIN,
  `${bad} a: a=FAULT b=MASTER`,
  `${good} a: a=MASTER b=BACKUP`,
];
const yields = (bad: string, good: string) => [
  ...BEGIN,
  `${bad} a: a=BACKUP b=MASTER`,
  `${good} a: a=MASTER b=BACKUP`,
];

const script = (tracked: string) => ({
  before: "global_defs {\nenable_script_security\n}\n",
  beforeA: `vrrp_script chk {\nscript "/usr/bin/test ! -e DIR/bad"\ninterval 0.1\nuser root\n}\n`,
  a: { more: `track_script {\nchk ${tracked}\n}` },
});
const file = (tracked: string, init = "") => ({
  beforeA: `track_file f {\nfile DIR/f\n${init}\n}\n`,
  a: { more: `track_file {\nf ${tracked}\n}` },
});
const link = (tracked: string) => ({
  a: { more: `track_interface {\nother ${tracked}\n}` },
  set: async (host: { run(...argv: string[]): Promise<string> }) =>
    await host.run("sh", "-c", TWO_ENDS),
});
const TWO_ENDS =
  "ip link add other type veth peer name far; ip link set far up; ip link set other up";
const OTHER_DOWN = "ip link set other down";
const OTHER_UP = "ip link set other up";

const V2 = "version 2\nadvert_int 1\nstate BACKUP";
const PASSWORD = "authentication {\nauth_type PASS\nauth_pass s3cret\n}";
const unicast = (own: number, peer: number) =>
  `unicast_src_ip 10.0.0.${own}\nunicast_peer {\n10.0.0.${peer}\n}`;

const SCENARIOS: readonly Scenario[] = [
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
  row("state MASTER", { a: { pace: FAST.replace("BACKUP", "MASTER") }, steps: FAILOVER }),
  row("IPv6", {
    a: { vip: "fd00::100" },
    b: { vip: "fd00::100" },
    vip: "fd00::100",
    steps: FAILOVER,
  }),
  row("unicast", { a: { more: unicast(1, 2) }, b: { more: unicast(2, 1) }, steps: FAILOVER }),
  row("version 2", { a: { pace: V2 }, b: { pace: V2 }, steps: FAILOVER.slice(0, 3) }),
  row("version 2 with a password", {
    a: { pace: V2, more: PASSWORD },
    b: { pace: V2, more: PASSWORD },
    steps: FAILOVER.slice(0, 3),
  }),
  row("an owner", {
    a: { priority: 255 },
    differs: {
      because:
        "ours is MASTER at once, by RFC 9568 section 6.4.1; keepalived tells of a BACKUP before",
      ours: { "a.VI": "MASTER - MASTER" },
    },
    steps: FAILOVER,
  }),
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
  row("a link that is down for less than its delay", {
    beforeA: "interface_up_down_delays {\neth0 1.5 0.1\n}\n",
    a: { pace: FAST.replace("0.1", "1") },
    b: { pace: FAST.replace("0.1", "1") },
    steps: [...BEGIN, "cut a:", "mend a:", "rest b: a=MASTER", "cut a: a=FAULT b=MASTER"],
  }),
  row("a VMAC", { a: { more: "use_vmac" }, b: { more: "use_vmac" }, steps: FAILOVER }),
  row("its own link is not tracked", {
    a: { more: "dont_track_primary" },
    steps: [...BEGIN, "cut a: b=MASTER", "rest b:", "mend a: b=BACKUP"],
  }),
];

/** Two instances on each node, VI with one priority and W with another. */
const pair = (name: string, a: [number, number], of: Partial<Scenario> & PairWish): Scenario => {
  const confOf = ([first, second]: [number, number], more = "") =>
    `${of.before ?? ""}${instance({ priority: first, more })}${instance({ priority: second, name: "W", vrid: 52, vip: "10.0.0.101" })}`;
  const files = { a: confOf(a, of.more), b: confOf([100, 150]) };
  return { name, conf: files, vips: { VI: VIP, W: "10.0.0.101" }, steps: of.steps ?? [] };
};
interface PairWish {
  readonly before?: string;
  readonly more?: string; // of VI on a
}

const SYNC = "vrrp_sync_group G {\ngroup {\nVI\nW\n}\n}\n";
const BOTH_OF_A = "a.VI=MASTER a.W=MASTER";
const BOTH_OF_B = "b.VI=MASTER b.W=MASTER";

const PAIRS: readonly Scenario[] = [
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
];

const skip = labMissing("keepalived", "tcpdump");

test("keepalived and ha up do the same", { skip, concurrency: 5 }, async (t) => {
  await Promise.all(
    [...SCENARIOS, ...PAIRS].map((scenario) =>
      t.test(scenario.name, async () => {
        const [theirs, ours] = await Promise.all([
          play(scenario, "keepalived"),
          play(scenario, "vipkit"),
        ]);
        assert.deepEqual(ours, { ...theirs, ...scenario.differs?.ours });
      }),
    ),
  );
});
