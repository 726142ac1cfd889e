/** What notify programs and FIFOs of a configuration are told, collected in files of a folder. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { linesIn, linesReach } from "./growing-file.ts";

export class Notified implements Disposable {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "vipkit-notified-"));
    chmodSync(this.folder, 0o755);
    this.script("log", 'echo "$*" >>HERE/log.txt');
    // One open for all lines: between two the pipe would have no reader.
    this.script("reader", 'while read -r line; do echo "$line" >>HERE/other.txt; done <"$2"');
  }

  /** A program of that name, `HERE` being the folder. */
  script(name: string, text: string): void {
    const path = this.path(name);
    writeFileSync(path, `#!/bin/sh\n${text.replaceAll("HERE", this.folder)}\n`);
    chmodSync(path, 0o755);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  makeFifo(name: string): void {
    execFileSync("mkfifo", ["-m", "600", this.path(name)]);
  }

  /** An empty file that everybody may write to. */
  touch(name: string): void {
    writeFileSync(this.path(name), "");
    chmodSync(this.path(name), 0o666);
  }

  /** Lines of a file so far. */
  lines(name: string): string[] {
    return linesIn(this.path(name));
  }

  /** As long as it takes to have so many. */
  reaches(name: string, least: number): Promise<string[]> {
    return linesReach(this.path(name), least);
  }

  async grows(name: string): Promise<void> {
    await this.reaches(name, this.lines(name).length + 1);
  }

  /** @returns how many lines it has when none has come for a while, where nobody knows how many will */
  async settles(name: string): Promise<number> {
    for (let count = this.lines(name).length; ; count = this.lines(name).length) {
      await setTimeout(QUIET_MS);
      if (this.lines(name).length === count) return count;
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

const QUIET_MS = 500;

/** Lines whose order does not matter. */
export const sorted = (lines: Iterable<string>): string[] =>
  [...lines].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
