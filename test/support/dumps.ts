/** Dumps that a program writes where TMPDIR says when it is sent a signal. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";
import { VIPKIT } from "./vipkit.ts";

export class Dumping implements Disposable {
  readonly folder: string;
  readonly program: Program;

  /** @param who runs the text of a keepalived.conf on the host */
  constructor(who: "keepalived" | "ha up", host: Host, conf: string) {
    this.folder = mkdtempSync(join(tmpdir(), "vipkit-dumps-"));
    const file = this.path("conf");
    writeFileSync(file, conf);
    const words = { keepalived: this.#keepalived(file), "ha up": this.#haUp(file, host.name) }[who];
    this.program = host.spawn("env", `TMPDIR=${this.folder}`, ...words);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** What it writes for the signal, whose number keepalived has from the C library. */
  async dump(signal: NodeJS.Signals | number, name: string): Promise<string> {
    const path = this.path(name);
    rmSync(path, { force: true });
    process.kill(this.program.pid, signal);
    while (!existsSync(path) || readFileSync(path).length === 0) await setTimeout(10);
    await setTimeout(100); // keepalived writes it where it is to stand
    return readFileSync(path, "utf8");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }

  #keepalived(file: string): string[] {
    const pids = ["--pid", this.path("pid"), "--vrrp_pid", this.path("vrrp.pid")];
    return ["keepalived", ...IN_FOREGROUND, "--use-file", file, ...pids];
  }

  #haUp(file: string, name: string): string[] {
    const place = ["--name", name, "--state-dir", this.folder];
    return [process.execPath, VIPKIT, "ha", "up", "-f", file, ...place];
  }
}

const IN_FOREGROUND = ["--dont-fork", "--log-console", "--log-detail", "--no-syslog", "--vrrp"];

/** glibc's SIGRTMIN + 2 and SIGRTMAX - 1. */
export const JSON_SIGNAL = 36;
export const CLEAR_SIGNAL = 63;
