/**
 * A small Ethernet of hosts: network namespaces, each with one `eth0` that a veth pair joins to one bridge.
 * All of it lives in the mount and network namespace (for an ordinary user also a user namespace) of one
 * holder process, which ends when its input closes; so the kernel itself removes everything, even after
 * SIGKILL. The programs inside die with us by their parent-death signal.
 */
import { spawnSync } from "node:child_process";
import { Program } from "./program.ts";

export interface Host {
  readonly name: string;
  readonly mac: string;
  readonly ipv4: string; // 10.0.0.N of a /24
  readonly ipv6: string; // fd00::N of a /64
  readonly linkLocal: string; // fe80::N
  /** @returns what it printed. @throws Error unless it ended with 0. */
  run(...argv: string[]): Promise<string>;
  spawn(...argv: string[]): Program;
  /** Whether the address is on one of its interfaces now. */
  holds(address: string): Promise<boolean>;
}

/** Why no LAN can be built here, in one line; false when it can. Usable as the `skip` of a test. */
export function labMissing(...programs: string[]): string | false {
  for (const program of ["ip", "unshare", "nsenter", "setpriv", ...programs]) {
    if (spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0) return `needs ${program}`;
  }
  if (!IS_ROOT && programs.includes("tcpdump")) return "needs root: tcpdump changes its user";
  const [file = "", ...args] = [...UNSHARE, "mount", "-t", "tmpfs", "none", "/run"];
  const attempt = spawnSync(file, args, { encoding: "utf8" });
  return attempt.status !== 0 && `the kernel allows no namespaces: ${attempt.stderr.trim()}`;
}

export class Lan<Name extends string> implements AsyncDisposable {
  readonly hosts: { readonly [name in Name]: Host };
  readonly #holder: Program;
  readonly #programs: Program[] = [];

  /** Hosts get the numbers 1, 2, ... in the order of their names; a higher number wins a VRRP tie. */
  static async open<Name extends string>(...names: Name[]): Promise<Lan<Name>> {
    const lan = new Lan(names);
    try {
      await lan.#holder.lines.next(/^ready$/);
      return lan;
    } catch (error) {
      await lan[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(names: readonly Name[]) {
    const script = [...SWITCH, ...names.flatMap((name, index) => plug(name, index + 1)), ...READY];
    this.#holder = new Program("lan", [...UNSHARE, "sh", "-euc", script.join("\n")]);
    const hosts = names.map((name, index) => [name, this.#host(name, index + 1)]);
    this.hosts = Object.fromEntries(hosts) as { [name in Name]: Host };
  }

  /** Pulls the cable: the host sees its carrier go. */
  async cut(host: Host): Promise<void> {
    await this.#atSwitch("ip", "link", "set", "dev", host.name, "down");
  }

  async mend(host: Host): Promise<void> {
    await this.#atSwitch("ip", "link", "set", "dev", host.name, "up");
  }

  /** The switch drops the host's frames, while its carrier stays. */
  async silence(host: Host): Promise<void> {
    await this.#atSwitch("ip", "link", "set", "dev", host.name, "nomaster");
  }

  async unsilence(host: Host): Promise<void> {
    await this.#atSwitch("ip", "link", "set", "dev", host.name, "master", "lan0");
  }

  /** The switch passes on all that comes from the host but what goes to VRRP's groups. */
  async dropMulticastOf(host: Host): Promise<void> {
    const chain = "{ type filter hook forward priority 0; }";
    const groups = "{ 01:00:5e:00:00:12, 33:33:00:00:00:12 }";
    const rule = `iifname ${host.name} ether daddr ${groups} drop`;
    const script = `add table bridge lossy; add chain bridge lossy forward ${chain}; add rule bridge lossy forward ${rule}`;
    await this.#atSwitch("nft", script);
  }

  /** The switch drops all that goes to VRRP's groups, whoever sends it. */
  async dropMulticast(): Promise<void> {
    const chain = "{ type filter hook forward priority 0; }";
    const rule = "ether daddr { 01:00:5e:00:00:12, 33:33:00:00:00:12 } drop";
    const script = `add table bridge deaf; add chain bridge deaf forward ${chain}; add rule bridge deaf forward ${rule}`;
    await this.#atSwitch("nft", script);
  }

  async passMulticast(): Promise<void> {
    await this.#atSwitch("nft", "delete table bridge deaf");
  }

  /** The switch sends what comes from the host back to it too, as a loop does. */
  async reflect(host: Host): Promise<void> {
    await this.#atSwitch(
      "ip",
      "link",
      "set",
      "dev",
      host.name,
      "type",
      "bridge_slave",
      "hairpin",
      "on",
    );
  }

  /** Plugs a new `eth0` into a host whose old one was deleted. */
  async replug(host: Host): Promise<void> {
    const number = Number(host.ipv4.split(".").at(-1));
    await this.#atSwitch("sh", "-euc", cable(host.name, number).join("\n"));
  }

  /** A second Ethernet: gives these hosts, or those of them that have none, an `eth1` on it, 10.1.0.N. */
  async plugSecond(...hosts: readonly Host[]): Promise<void> {
    const script = hosts.flatMap(({ name, ipv4 }) =>
      secondCable(name, Number(ipv4.split(".").at(-1))),
    );
    await this.#atSwitch("sh", "-euc", [...SECOND_SWITCH, ...script].join("\n"));
  }

  /** All hosts look names up there from now on; one that is silent keeps them waiting for minutes. */
  async lookUpAt({ ipv4 }: Host): Promise<void> {
    const conf = `nameserver ${ipv4}\noptions timeout:30 attempts:5\n`;
    const script = `printf '${conf}' >/run/resolv.conf; mount --bind /run/resolv.conf /etc/resolv.conf`;
    await this.#atSwitch("sh", "-euc", script);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.destroy()));
    this.#holder.closeInput();
    await this.#holder.ended;
  }

  #host(name: string, number: number): Host {
    const inside = ["ip", "netns", "exec", name, "setpriv", "--pdeathsig", "KILL"];
    const start = (argv: string[]) => this.#start(`${name}: ${argv.join(" ")}`, inside, argv);
    const run = async (...argv: string[]) => await outcome(start(argv));
    return {
      name,
      mac: `02:00:00:00:00:0${number}`,
      ipv4: `10.0.0.${number}`,
      ipv6: `fd00::${number}`,
      linkLocal: `fe80::${number}`,
      run,
      spawn: (...argv) => start(argv),
      holds: async (address) => (await run("ip", "-o", "address")).includes(` ${address}/`),
    };
  }

  async #atSwitch(...argv: string[]): Promise<void> {
    await outcome(this.#start(argv.join(" "), [], argv));
  }

  #start(title: string, inside: readonly string[], argv: readonly string[]): Program {
    const enter = ["nsenter", "--target", `${this.#holder.pid}`, "--mount", "--net", ...USER_ENTRY];
    const program = new Program(title, [...enter, ...inside, ...argv]);
    this.#programs.push(program);
    return program;
  }
}

async function outcome(program: Program): Promise<string> {
  program.closeInput();
  const { code } = await program.ended;
  const output = program.lines.all.join("\n");
  if (code !== 0) throw new Error(`${program.title}: exit status ${code}: ${output}`);
  return output;
}

function plug(name: string, number: number): string[] {
  const inside = `ip netns exec ${name} sh -euc`;
  return [
    `ip netns add ${name}`,
    `${inside} 'cd /proc/sys/net/ipv6/conf; for of in all default; do echo 0 >$of/accept_dad; done'`,
    `${inside} 'echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode; ip link set lo up'`,
    ...cable(name, number),
  ];
}

function cable(name: string, number: number): string[] {
  return [
    `ip link add dev ${name} type veth peer name eth0 netns ${name} address 02:00:00:00:00:0${number}`,
    `ip link set dev ${name} master lan0 up`,
    `ip -n ${name} link set eth0 up`,
    `ip -n ${name} address add 10.0.0.${number}/24 dev eth0`,
    `ip -n ${name} address add fd00::${number}/64 dev eth0`,
    `ip -n ${name} address add fe80::${number}/64 dev eth0`,
  ];
}

function secondCable(name: string, number: number): string[] {
  return [
    `ip link add dev ${name}-1 type veth peer name eth1 netns ${name} address 02:00:00:00:01:0${number}`,
    `ip link set dev ${name}-1 master lan1 up`,
    `ip -n ${name} link set eth1 up`,
    `ip -n ${name} address add 10.1.0.${number}/24 dev eth1`,
  ];
}

const SECOND_SWITCH = [
  "ip link show lan1 >/dev/null 2>&1 || ip link add lan1 type bridge stp_state 0 forward_delay 0",
  "ip link set lan1 up",
];
const SWITCH = [
  "mount -t tmpfs none /run",
  "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6",
  "ip link add lan0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
  "ip link set lan0 up",
];
const READY = ["echo ready", "exec cat"];
const IS_ROOT = process.getuid?.() === 0;
const UNSHARE = ["unshare", "--mount", "--net", ...(IS_ROOT ? [] : ["--user", "--map-root-user"])];
const USER_ENTRY = IS_ROOT ? [] : ["--user", "--preserve-credentials"];
