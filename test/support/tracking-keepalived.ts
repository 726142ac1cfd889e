/**
 * keepalived as it follows processes and programs: its verdicts, from its log. The kernel tells of processes
 * in the host's own network namespace only, so it starts there and moves into one of its own (its
 * `net_namespace`), which ends with it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "./program.ts";

export interface Tracker {
  readonly name: string;
  /** Lines of its block, without weight. */
  readonly block: readonly string[];
}

export class TrackingKeepalived {
  readonly program: Program;
  readonly #trackers: readonly Tracker[];

  /** @param folder for its configuration and its pids; @param globals lines of its global block */
  constructor(
    folder: string,
    keyword: "vrrp_track_process" | "vrrp_script",
    trackers: readonly Tracker[],
    globals: readonly string[] = [],
  ) {
    this.#trackers = trackers;
    const track = keyword === "vrrp_script" ? "track_script" : "track_process";
    const blocks = trackers.map(({ name, block }, at) =>
      [`${keyword} ${name} {`, ...block, `weight ${2 ** (at % PER_INSTANCE)}`, "}"].join("\n"),
    );
    const instances = trackers
      .filter((_, at) => at % PER_INSTANCE === 0)
      .map((_, nth) => {
        const own = trackers.slice(nth * PER_INSTANCE, (nth + 1) * PER_INSTANCE);
        return `vrrp_instance i${nth} {\nstate BACKUP\ninterface eth0\nvirtual_router_id ${nth + 1}
priority ${BASE}\nadvert_int 1\nvirtual_ipaddress {\n10.0.0.${100 + nth}\n}
${track} {\n${own.map(({ name }) => name).join("\n")}\n}\n}`;
      });
    const global = ["global_defs {", ...globals, "}"].join("\n");
    const conf = ["net_namespace alone", global, ...blocks, ...instances].join("\n");
    writeFileSync(join(folder, "conf"), `${conf}\n`);
    const pids = ["--pid", join(folder, "pid"), "--vrrp_pid", join(folder, "vrrp.pid")];
    const keepalived = [
      "keepalived",
      "-n",
      "-l",
      "-D",
      "-G",
      "-P",
      "-f",
      join(folder, "conf"),
      ...pids,
    ];
    const script = [...ALONE, `exec setpriv --pdeathsig KILL ${keepalived.join(" ")}`].join("\n");
    this.program = new Program("keepalived", ["unshare", "--mount", "sh", "-euc", script]);
  }

  /** Names of those that are up, as far as it has told: each instance's priority is the sum of their weights. */
  get up(): string[] {
    const sums = new Map<number, number>();
    for (const line of this.program.lines.all) {
      const [, nth, priority] =
        /\(i(\d+)\) Changing effective priority from \d+ to (\d+)/.exec(line) ?? [];
      if (nth !== undefined) sums.set(Number(nth), Number(priority) - BASE);
    }
    return this.#trackers
      .filter((_, at) => {
        const sum = sums.get(Math.floor(at / PER_INSTANCE)) ?? 0;
        return (sum & (2 ** (at % PER_INSTANCE))) !== 0;
      })
      .map(({ name }) => name);
  }
}

const BASE = 100;
/** Weights are powers of two, and the sum of all stays a priority. */
const PER_INSTANCE = 7;
const ALONE = [
  "mount -t tmpfs none /run",
  "ip netns add alone",
  "ip -n alone link add eth0 type veth peer name eth1",
  "ip -n alone link set lo up",
  "ip -n alone link set eth1 up",
  "ip -n alone link set eth0 up",
  "ip -n alone address add 10.0.0.1/24 dev eth0",
];
