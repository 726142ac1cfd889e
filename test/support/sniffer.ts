/** `vipkit vrrp sniff` on a host that only looks on: its JSON records as they come. */
import type { Host } from "./netns.ts";
import type { Ending, Program } from "./program.ts";
import { VIPKIT } from "./vipkit.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of them
export type SniffRecord = Readonly<Record<string, any>>;

export class Sniffer {
  readonly program: Program;

  /** Listens on eth0 unless told otherwise; when this is over, nothing that comes is missed. */
  static async open(host: Host, ...options: string[]): Promise<Sniffer> {
    const sniffer = new Sniffer(host, options);
    await sniffer.program.lines.next(/"type":"listening"/);
    return sniffer;
  }

  private constructor(host: Host, options: readonly string[]) {
    const where = options.includes("-i") ? [] : ["-i", "eth0"];
    this.program = host.spawn(
      process.execPath,
      VIPKIT,
      "vrrp",
      "sniff",
      "-j",
      ...where,
      ...options,
    );
  }

  /** The next record in whose text all of these stand, behind the one that was waited for before. */
  async next(...parts: readonly string[]): Promise<SniffRecord> {
    const together = parts.map((part) => `(?=.*${part})`).join("");
    return JSON.parse((await this.program.lines.next(new RegExp(`^${together}`))).input);
  }

  /** All so far, of one type; packets of a table, of `--follow` and the summary too. */
  records(type: string): SniffRecord[] {
    const { all } = this.program.lines;
    return all.map((line): SniffRecord => JSON.parse(line)).filter((one) => one.type === type);
  }

  /** As by Ctrl-C, or by itself when `signal` is null. */
  async end(signal: NodeJS.Signals | null = "SIGINT"): Promise<SniffEnd> {
    const ending = signal === null ? await this.program.ended : await this.program.stop(signal);
    const [summary = {}] = this.records("summary");
    return { ...ending, summary, violations: this.records("violation") };
  }
}

export interface SniffEnd extends Ending {
  readonly summary: SniffRecord;
  readonly violations: readonly SniffRecord[];
}

export const msBetween = (a: SniffRecord, b: SniffRecord): number =>
  Date.parse(b.ts) - Date.parse(a.ts);
