/** `vipkit vrrp sniff` on a host that only looks on: its JSON records as they come. */
import type { Host } from "./netns.ts";
import type { Ending, Program } from "./program.ts";
import { VIPKIT } from "./vipkit.ts";

/** Members that tests look at, by the types that have them. */
export interface SniffRecord {
  readonly type: string;
  readonly ts: string;
  readonly segment: string;
  readonly direction: "in" | "out" | null;
  readonly source: string;
  readonly source_mac: string;
  readonly vrid: number;
  readonly version: number;
  readonly priority: number;
  readonly interval_ms: number;
  readonly ttl: number;
  readonly auth: string;
  readonly addresses: readonly string[];
  readonly master: string | null;
  readonly verdict: string;
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
  readonly change: string;
  readonly cause: string;
  readonly former: string | null;
  readonly beside: string;
  readonly expectation: string;
  readonly evidence: string;
}

/** Of the record at the end. */
export interface SniffSummary {
  readonly type: "summary";
  readonly packets: number;
  readonly adverts: number;
  readonly senders: number;
  readonly vrids: number;
  readonly masters: number;
  readonly takeovers: number;
  readonly splits: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  readonly kernel_drops: number | null;
  readonly trouble: string | null;
}

export class Sniffer {
  readonly program: Program;

  /** Listens on eth0 unless told otherwise; when this is over, nothing that comes is missed, unless -q or -r. */
  static async open(host: Host, ...options: string[]): Promise<Sniffer> {
    const sniffer = new Sniffer(host, options);
    const tells = !options.includes("-q") && !options.includes("-r");
    if (tells) await sniffer.program.lines.next(/"type":"listening"/);
    return sniffer;
  }

  private constructor(host: Host, options: readonly string[]) {
    const where = options.includes("-i") || options.includes("-r") ? [] : ["-i", "eth0"];
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
    const summary = this.program.lines.all.find((line) => line.startsWith('{"type":"summary"'));
    if (summary === undefined) throw new Error(this.program.lines.all.slice(-5).join("\n"));
    return { ...ending, summary: JSON.parse(summary), violations: this.records("violation") };
  }
}

export interface SniffEnd extends Ending {
  readonly summary: SniffSummary;
  readonly violations: readonly SniffRecord[];
}

export const msBetween = (a: SniffRecord, b: SniffRecord): number =>
  Date.parse(b.ts) - Date.parse(a.ts);
