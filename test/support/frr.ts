/**
 * FRR's vrrpd with its zebra as a VRRP router on eth0 of a host, with files and sockets of its own.
 * It wants a macvlan of the virtual MAC with the virtual addresses on it, made by somebody else.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { virtualMacOf } from "./neighbour.ts";
import { type Host, labMissing } from "./netns.ts";
import type { Program } from "./program.ts";
import type { Router, RouterOptions, RouterState } from "./router.ts";

/** Why there can be no FRR here, in one line; false when there can. */
export const frrMissing = (...programs: string[]): string | false =>
  process.getuid?.() === 0
    ? labMissing(ZEBRA, VRRPD, "vtysh", ...programs)
    : "needs root: FRR changes its user";

/** What FRR says of its virtual router: the members of `show vrrp json` that tests look at. */
export interface FrrStatus {
  readonly interface: string;
  readonly vmac: string;
  readonly status: "Initialize" | "Backup" | "Master";
  readonly effectivePriority: number;
  readonly masterAdverInterval: number; // milliseconds, as learned from the master
  readonly stats: {
    readonly adverTx: number;
    readonly adverRx: number;
    readonly transitions: number;
  };
  readonly addresses: readonly string[];
}

export class Frr implements Router {
  readonly host: Host;
  readonly program: Program;
  readonly #folder: string;
  readonly #family: "v4" | "v6";

  /** Version 3 alone. Its own user is to read and write its folder. */
  constructor(host: Host, options: RouterOptions) {
    this.host = host;
    this.#family = options.vip.includes(":") ? "v6" : "v4";
    this.#folder = mkdtempSync(join(tmpdir(), "vipkit-frr-"));
    writeFileSync(join(this.#folder, "vrrpd.conf"), configuration(options));
    writeFileSync(join(this.#folder, "zebra.conf"), "");
    const script = [...macvlan(options), ...daemons(this.#folder)].join("\n");
    // A change of user clears the parent-death signal: instead they end when our end of the pipe closes.
    this.program = host.spawn("setpriv", "--pdeathsig", "clear", "sh", "-euc", script);
    void this.program.ended.then(() => rmSync(this.#folder, { recursive: true }));
  }

  async becomes(state: RouterState): Promise<string> {
    return (await this.program.lines.next(new RegExp(`-> ${STATES[state]}$`))).input;
  }

  async stop(): Promise<void> {
    await this.program.stop("SIGTERM");
  }

  async kill(): Promise<void> {
    await this.program.destroy();
  }

  /** What it says now. */
  async status(): Promise<FrrStatus> {
    const words = ["vtysh", "--vty_socket", this.#folder, "-c", "show vrrp json"];
    const [answer] = JSON.parse(await this.host.run(...words));
    return answer[this.#family];
  }

  get complaints(): string[] {
    return this.program.lines.all.filter((line) => /Datagram invalid/.test(line));
  }
}

function configuration({ vrid, priority, intervalMs, vip, nopreempt }: RouterOptions): string {
  const [address = ""] = vip.split("/");
  const settings = [
    "version 3",
    `priority ${priority}`,
    `advertisement-interval ${intervalMs}`,
    `${vip.includes(":") ? "ipv6" : "ip"} ${address}`,
  ].map((setting) => ` vrrp ${vrid} ${setting}`);
  if (nopreempt === true) settings.push(` no vrrp ${vrid} preempt`);
  return ["debug vrrp protocol", "interface eth0", ...settings, ""].join("\n");
}

/** As FRR's manual has it. In BACKUP it takes the interface down, which must not cost its addresses. */
function macvlan(options: RouterOptions): string[] {
  const { vip } = options;
  const name = `vrrp${vip.includes(":") ? 6 : 4}-2-1`;
  return [
    `ip link delete ${name} 2>/dev/null || true`, // of an FRR that was killed
    `ip link add ${name} link eth0 type macvlan mode bridge`,
    `ip link set dev ${name} address ${virtualMacOf(options)} addrgenmode random`,
    `echo 1 >/proc/sys/net/ipv6/conf/${name}/keep_addr_on_down`,
    `ip address add ${vip} dev ${name}`,
    `ip link set ${name} up`,
  ];
}

function daemons(folder: string): string[] {
  const common = `--vty_socket ${folder} --vty_port 0 --socket ${folder}/zserv --log stdout`;
  const files = (name: string) =>
    `--config_file ${folder}/${name}.conf --pid_file ${folder}/${name}`;
  return [
    `chown -R frr:frr ${folder}`,
    "exec 3<&0",
    "cat <&3 >/dev/null & input=$!",
    `${ZEBRA} ${common} ${files("zebra")} & zebra=$!`,
    `while ! [ -S ${folder}/zserv ]; do kill -0 $zebra; sleep 0.02; done`,
    `${VRRPD} ${common} ${files("vrrpd")} & vrrpd=$!`,
    "trap 'kill $vrrpd; wait $vrrpd; kill $zebra; wait $zebra; kill $input; exit 0' TERM",
    "wait $input || true",
    "kill -KILL $vrrpd $zebra",
  ];
}

const STATES = { MASTER: "Master", BACKUP: "Backup", FAULT: "Initialize" } as const;
const ZEBRA = "/usr/lib/frr/zebra";
const VRRPD = "/usr/lib/frr/vrrpd";
