/**
 * What befalls a node, in the simulation and in truth: two of Debian's keepalived enter the same states in
 * the same order, and the same hosts hold the address, when the MASTER is stopped, killed, frozen, reloaded
 * or cut off, loses its link, its adverts or a check.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { SimulationResult } from "../../src/app/ha/simulate/simulation.ts";
import { Lan, labMissing } from "../support/netns.ts";
import type { Program } from "../support/program.ts";
import { changesIn, cluster, live, type NodeWish, scriptTracker } from "../support/simulated.ts";

/** The lab, as far as events change it. */
interface Lab {
  readonly lan: Lan<"a" | "b">;
  readonly a: Program;
  readonly b: Program;
  readonly file: (suffix: string) => string; // of a
  readonly start: () => void;
}

interface Blow {
  readonly words: string;
  readonly deal: (lab: Lab) => unknown;
}

const START_A: Blow = { words: "start a", deal: ({ start }) => start() };

/** What happens, and what mends it. */
const BLOWS: readonly (readonly [blow: Blow, remedy: Blow])[] = [
  [{ words: "stop a", deal: async ({ a }) => await a.stop() }, START_A],
  [{ words: "kill a", deal: async (lab) => await kill(lab) }, START_A],
  [
    { words: "freeze a", deal: ({ file }) => process.kill(pidIn(file("vrrp.pid")), "SIGSTOP") },
    { words: "thaw a", deal: ({ file }) => process.kill(pidIn(file("vrrp.pid")), "SIGCONT") },
  ],
  [
    { words: "hang chk@a", deal: ({ file }) => writeFileSync(file("hangs"), "") },
    { words: "reload a", deal: async ({ a }) => await reload(a) },
  ],
  [
    { words: "reload a", deal: async ({ a }) => await reload(a) },
    { words: "reload b", deal: async ({ b }) => await reload(b) },
  ],
  [
    { words: "link down eth0@a", deal: async ({ lan }) => await lan.cut(lan.hosts.a) },
    { words: "link up eth0@a", deal: async ({ lan }) => await lan.mend(lan.hosts.a) },
  ],
  [
    { words: "cut a", deal: async ({ lan }) => await lan.silence(lan.hosts.a) },
    { words: "heal", deal: async ({ lan }) => await lan.unsilence(lan.hosts.a) },
  ],
  [
    { words: "loss 100%", deal: async ({ lan }) => await lan.dropMulticast() },
    { words: "loss 0%", deal: async ({ lan }) => await lan.passMulticast() },
  ],
  [
    { words: "hang chk@a", deal: ({ file }) => writeFileSync(file("hangs"), "") },
    { words: "recover chk@a", deal: ({ file }) => rmSync(file("hangs")) },
  ],
  [
    { words: "set maint@a 60", deal: ({ file }) => writeFileSync(file("maint"), "60\n") },
    { words: "set maint@a 0", deal: ({ file }) => writeFileSync(file("maint"), "0\n") },
  ],
];

describe("events of a simulation, and keepalived", {
  concurrency: 5,
  skip: labMissing("keepalived", "tcpdump", "nft"),
}, () => {
  for (const [blow, remedy] of BLOWS) {
    test(`${blow.words}, ${remedy.words}`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), "vipkit-simulate-events-"));
      t.after(() => rmSync(folder, { recursive: true }));
      await using lan = await Lan.open("a", "b");
      const witness = lan.hosts.b.spawn("tcpdump", "-lnni", "eth0", "ip", "proto", "112");
      await witness.lines.next(/listening on/);
      const runs = { a: [] as Program[], b: [] as Program[] };
      const start = (node: "a" | "b"): Program => {
        const file = (suffix: string): string => join(folder, `${node}.${suffix}`);
        writeFileSync(file("maint"), "0\n");
        writeFileSync(file("chk"), CHECK, { mode: 0o755 });
        writeFileSync(file("conf"), configuration(node, file));
        const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
        const options = ["-n", "-l", "-G", "-D", "-P", "--use-file", file("conf")];
        const run = lan.hosts[node].spawn("keepalived", ...options, ...pids);
        runs[node].push(run);
        return run;
      };
      const lab = (): Lab => ({
        lan,
        a: runs.a.at(-1) ?? assert.fail("a does not run"),
        b,
        file: (suffix) => join(folder, `a.${suffix}`),
        start: () => void start("a"),
      });
      const entered = (node: "a" | "b"): string[] => runs[node].flatMap(statesIn);

      /** Until all has happened that is foretold, and for so long that more would have. */
      const compare = async (foretold: SimulationResult): Promise<void> => {
        for (const node of ["a", "b"] as const) {
          const states = statesOf(foretold, node);
          const run = runs[node].at(-1);
          while (entered(node).length < states.length) await run?.lines.next(/Entering \w+ STATE/);
        }
        const holders = foretold.addresses[0]?.holders ?? [];
        const { ipv4 } = holders.includes("b") ? lan.hosts.b : lan.hosts.a;
        witness.lines.skipToNow();
        const advert = new RegExp(`IP ${ipv4} > .* prio [1-9]`);
        for (let seen = 0; seen < SETTLING_ADVERTS; seen += 1) await witness.lines.next(advert);
        for (const node of ["a", "b"] as const) {
          assert.deepEqual(entered(node), statesOf(foretold, node), node);
          assert.equal(await lan.hosts[node].holds(VIP), holders.includes(node), `${node} holds`);
        }
      };

      const b = start("b");
      await b.lines.next(/Entering MASTER STATE/);
      const a = start("a");
      await a.lines.next(/Entering MASTER STATE/);
      const events = ["0s stop a", "5s start a", `15s ${blow.words}`, `25s ${remedy.words}`];
      const foretell = (untilS: number, count: number): SimulationResult =>
        live(CLUSTER, untilS, ...events.slice(0, count));
      await compare(foretell(15, 2));
      await blow.deal(lab());
      await compare(foretell(25, 3));
      await remedy.deal(lab());
      await compare(foretell(40, 4));
    });
  }
});

const SETTLING_ADVERTS = 6;
const VIP = "10.0.0.100";
const CHECK = '#!/bin/sh\n[ ! -e "$1" ] || exec sleep 1000\n';

const nodeOf = (priority: number): NodeWish => ({
  scripts: [{ name: "chk" }],
  files: [{ name: "maint", value: 0 }],
  instances: [
    {
      config: { priority, adverIntervalMs: 200 },
      vips: [VIP],
      trackers: [
        scriptTracker("chk", 0),
        { kind: "file", name: "maint", weight: -1, isReverse: false },
      ],
    },
  ],
});
const CLUSTER = cluster(nodeOf(150), nodeOf(100));

const statesIn = ({ lines }: Program): string[] =>
  lines.all.flatMap((line) => /\(VI_1\) Entering (\w+) STATE/.exec(line)?.[1] ?? []);

/** From the start of a on; keepalived enters no state when it ends. */
function statesOf(foretold: SimulationResult, node: string): string[] {
  const own = changesIn(foretold).filter((change) => change.startsWith(`${node} `));
  const states = own.map((change) => change.slice(`${node} VI_1 `.length));
  const lasting = states.filter((state) => state !== "INIT");
  return node === "a" ? lasting.slice(1) : lasting;
}

const pidIn = (path: string): number => Number(readFileSync(path, "utf8"));

/** Both processes, so that neither says farewell for the other. */
async function kill({ a, file }: Lab): Promise<void> {
  const [parent, child] = [pidIn(file("pid")), pidIn(file("vrrp.pid"))];
  process.kill(parent, "SIGSTOP");
  process.kill(child, "SIGKILL");
  process.kill(parent, "SIGKILL");
  await a.ended;
  // The next one would take a child that nobody has waited for yet for a daemon that runs.
  for (const name of ["pid", "vrrp.pid"]) rmSync(file(name));
}

async function reload(run: Program): Promise<void> {
  run.lines.skipToNow();
  run.signal("SIGHUP");
  await run.lines.next(/Reload complete/);
}

const configuration = (node: "a" | "b", file: (suffix: string) => string): string => `
global_defs {
  script_user root
  vrrp_version 3
}
vrrp_script chk {
  script "${file("chk")} ${file("hangs")}"
  interval 1
}
track_file maint {
  file ${file("maint")}
  weight -1
}
vrrp_instance VI_1 {
  state BACKUP
  interface eth0
  virtual_router_id 51
  priority ${node === "a" ? 150 : 100}
  advert_int 0.2
  virtual_ipaddress {
    ${VIP}/24
  }
  track_script {
    chk
  }
  track_file {
    maint
  }
}
`;
