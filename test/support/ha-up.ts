/** `vipkit ha up` on a host, by a keepalived.conf of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepalivedConf } from "./keepalived.ts";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";
import type { Router, RouterOptions, RouterState } from "./router.ts";
import { VIPKIT } from "./vipkit.ts";

export class HaUp implements Router {
  readonly host: Host;
  readonly program: Program;
  readonly folder: string;

  /** @param conf the text of its keepalived.conf, or what its only instance is like */
  constructor(host: Host, conf: string | RouterOptions, more: readonly string[] = []) {
    this.host = host;
    this.folder = mkdtempSync(join(tmpdir(), "vipkit-ha-"));
    const file = join(this.folder, "keepalived.conf");
    this.write(conf);
    const name = more.includes("--name") ? [] : ["--name", host.name]; // all hosts share one /run
    const place = more.includes("--state-dir") ? [] : ["--state-dir", this.folder];
    const words = ["-f", file, ...name, ...place, ...more];
    this.program = host.spawn(process.execPath, VIPKIT, "ha", "up", ...words);
    void this.program.ended.then(() => rmSync(this.folder, { recursive: true }));
  }

  /** Any of its instances. */
  async becomes(state: RouterState): Promise<string> {
    return (await this.program.lines.next(new RegExp(`-> ${state}\\b`))).input;
  }

  get complaints(): string[] {
    return this.program.lines.all.filter((line) => /advert (accepted|rejected)/.test(line));
  }

  /** The process of ours that does this. */
  pidOf(role: "vrrp" | "checkers" | "web"): number {
    const { pid } = this.program;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    const found = children.find((child) => {
      const words = readFileSync(`/proc/${child}/cmdline`, "utf8").split("\0");
      return words[words.indexOf("--child") + 1] === role;
    });
    if (found === undefined) throw new Error(`${role} does not run`);
    return Number(found);
  }

  /** As SIGHUP has it. @returns the last line of what it tells of it */
  async reload(conf: string | RouterOptions): Promise<string> {
    this.write(conf);
    this.program.signal("SIGHUP");
    return await this.reloaded();
  }

  /** Another file, and no word of it. */
  write(conf: string | RouterOptions): void {
    const text = typeof conf === "string" ? conf : keepalivedConf(conf);
    writeFileSync(join(this.folder, "keepalived.conf"), text);
  }

  async reloaded(): Promise<string> {
    const { input } = await this.program.lines.next(/ {2}(not )?reloaded/);
    return input.replace(/^\S+ {2}/, ""); // its time
  }

  async stop(): Promise<void> {
    await this.program.stop("SIGTERM");
  }

  /** Parent and children at once, as when the host runs out of memory. */
  async kill(): Promise<void> {
    const pids = [this.program.pid, this.pidOf("vrrp"), this.pidOf("checkers")];
    for (const pid of pids) process.kill(pid, "SIGSTOP"); // or one would see another end
    for (const pid of pids) process.kill(pid, "SIGKILL");
    await this.program.ended;
  }
}
