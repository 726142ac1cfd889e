/** Debian's keepalived as a VRRP router on eth0 of a host, with files of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";
import type { Router, RouterOptions, RouterState } from "./router.ts";

export class Keepalived implements Router {
  readonly host: Host;
  readonly program: Program;
  readonly #folder: string;

  /**
   * @param conf the text of its keepalived.conf, or what its only instance is like
   * @param parts of it that run
   */
  constructor(host: Host, conf: string | RouterOptions, parts: readonly string[] = ["--vrrp"]) {
    this.host = host;
    this.#folder = mkdtempSync(join(tmpdir(), "vipkit-keepalived-"));
    const file = (name: string) => join(this.#folder, name);
    writeFileSync(file("conf"), typeof conf === "string" ? conf : keepalivedConf(conf));
    const pids = ["--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
    pids.push("--checkers_pid", file("checkers.pid"));
    const words = [...IN_FOREGROUND, ...parts, "--use-file", file("conf"), ...pids];
    this.program = host.spawn("keepalived", ...words);
    void this.program.ended.then(() => rmSync(this.#folder, { recursive: true }));
  }

  async becomes(state: RouterState): Promise<string> {
    return (await this.program.lines.next(new RegExp(`Entering ${state} STATE`))).input;
  }

  /** Another file, and no word of it. */
  write(conf: string | RouterOptions): void {
    const text = typeof conf === "string" ? conf : keepalivedConf(conf);
    writeFileSync(join(this.#folder, "conf"), text);
  }

  /** Goes by another file from now on. */
  async reload(conf: string | RouterOptions): Promise<void> {
    this.write(conf);
    this.program.signal("SIGHUP");
    await this.program.lines.next(/VRRP sockpool:/); // the last line of it
  }

  async stop(): Promise<void> {
    await this.program.stop("SIGTERM");
  }

  /** The child that speaks VRRP would resign if its parent died first; the parent would restart it. */
  async kill(): Promise<void> {
    this.program.signal("SIGSTOP");
    process.kill(Number(readFileSync(join(this.#folder, "vrrp.pid"), "utf8")), "SIGKILL");
    await this.program.stop("SIGKILL");
  }

  /** To discard a lower priority is no fault. */
  get complaints(): string[] {
    const lines = this.program.lines.all.filter((line) => COMPLAINT.test(line));
    return lines.filter((line) => !line.includes("received lower priority"));
  }
}

/** The vrrp_instance `test` of its keepalived.conf. */
export function keepalivedConf(options: RouterOptions): string {
  const { version, vrid, vip, intervalMs, priority, password, preemptDelayMs } = options;
  const instance = [
    "state BACKUP",
    "interface eth0",
    `virtual_router_id ${vrid}`,
    `version ${version}`,
    `priority ${priority}`,
    `advert_int ${intervalMs / 1000}`,
    block("virtual_ipaddress", [vip, ...(options.moreVips ?? [])]),
    block("virtual_ipaddress_excluded", options.excludedVips ?? []),
    block("virtual_routes", options.routes ?? []),
    block("virtual_rules", options.rules ?? []),
  ];
  if (options.unicast !== undefined) {
    const { source, peers } = options.unicast;
    instance.push(`unicast_src_ip ${source}`, `unicast_peer {\n${peers.join("\n")}\n}`);
    instance.push("check_unicast_src");
  }
  if (options.vmac !== undefined) instance.push("use_vmac");
  if (options.vmac === "adverts below") instance.push("vmac_xmit_base");
  if (options.nopreempt === true) instance.push("nopreempt");
  if (options.noAccept === true) instance.push("no_accept");
  if (preemptDelayMs !== undefined) instance.push(`preempt_delay ${preemptDelayMs / 1000}`);
  if (password !== undefined) {
    instance.push(`authentication {\nauth_type PASS\nauth_pass ${password}\n}`);
  }
  return `vrrp_instance test {\n${instance.join("\n")}\n}\n`;
}

const block = (name: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `${name} {\n${lines.join("\n")}\n}`;

const IN_FOREGROUND = ["--dont-fork", "--log-console", "--log-detail", "--no-syslog"];
const COMPLAINT = /invalid|mismatch|bogus|ignor|discard|incorrect|expected|wrong|different|bad /i;
