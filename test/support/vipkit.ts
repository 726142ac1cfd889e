/** Our own program as a VRRP router: `vipkit vrrp run` on eth0 of a host. */
import { fileURLToPath } from "node:url";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";
import type { Router, RouterOptions, RouterState } from "./router.ts";

export class Vipkit implements Router {
  readonly host: Host;
  readonly program: Program;

  constructor(host: Host, options: RouterOptions) {
    this.host = host;
    const line = [...commandLine(options), "--name", host.name]; // all hosts share one /run
    this.program = host.spawn(process.execPath, VIPKIT, "vrrp", "run", ...line);
  }

  async becomes(state: RouterState): Promise<string> {
    return (await this.program.lines.next(new RegExp(`-> ${state}\\b`))).input;
  }

  get complaints(): string[] {
    return this.program.lines.all.filter((line) => /advert (accepted|rejected)/.test(line));
  }

  async stop(): Promise<void> {
    await this.program.stop("SIGTERM");
  }

  async kill(): Promise<void> {
    await this.program.stop("SIGKILL");
  }
}

/** The options of `vipkit vrrp run` that make such a router. */
export function commandLine(options: RouterOptions): string[] {
  const { version, vrid, vip, intervalMs, priority, password, preemptDelayMs } = options;
  const line = ["-I", "eth0", "--vrid", `${vrid}`, "--vip", vip, "--version", `${version}`];
  line.push("--priority", `${priority}`, "--interval", `${intervalMs}ms`);
  for (const vip of options.moreVips ?? []) line.push("--vip", vip);
  for (const vip of options.excludedVips ?? []) line.push("--excluded-vip", vip);
  if (password !== undefined) line.push("--auth-pass", password);
  if (preemptDelayMs !== undefined) line.push("--preempt-delay", `${preemptDelayMs}ms`);
  if (options.unicast !== undefined) {
    line.push("--source", options.unicast.source);
    for (const peer of options.unicast.peers) line.push("--peer", peer);
  }
  if (options.nopreempt === true) line.push("--nopreempt");
  for (const text of options.routes ?? []) line.push("--route", text);
  for (const text of options.rules ?? []) line.push("--rule", text);
  if (options.noAccept === true) line.push("--no-accept");
  if (options.vmac !== undefined) line.push("--vmac");
  if (options.vmac === "adverts below") line.push("--vmac-xmit-base");
  line.push(...(options.more ?? []));
  return line;
}

/** The file that a user starts. */
export const VIPKIT = fileURLToPath(new URL("../../../bin/vipkit.js", import.meta.url));
