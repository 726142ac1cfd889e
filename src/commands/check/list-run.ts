/** What comes of the checks of a file while they run, and what all of them come to. */
import { type CheckRecord, checkRecord, uncheckedRecord } from "../../app/check/check-record.ts";
import type { RunWitness } from "../../app/check/check-run.ts";
import { neededOf, verdictOfAll } from "../../app/check/quota.ts";
import type { Context } from "../define.ts";
import { writeBeside } from "./beside.ts";
import { CheckReport, type ReportStyle } from "./check-report.ts";
import { type JunitSuite, junitXml } from "./junit.ts";
import type { NamedCheck } from "./listed-check.ts";
import { EXIT_OF, summaryText } from "./outcome.ts";
import { Progress } from "./progress.ts";

export class ListRun {
  readonly #checks: readonly NamedCheck[];
  readonly #style: ReportStyle;
  readonly #ctx: Context;
  readonly #report: CheckReport;
  readonly #progress: Progress;
  readonly #records: readonly Map<number, CheckRecord>[]; // of each check, by the place of the target
  readonly #targets: number;
  readonly #startedMs: number;

  constructor(checks: readonly NamedCheck[], style: ReportStyle, ctx: Context) {
    this.#checks = checks;
    this.#style = style;
    this.#ctx = ctx;
    this.#report = new CheckReport(style, ctx);
    this.#records = checks.map(() => new Map());
    this.#targets = checks.reduce((sum, { targets }) => sum + targets.length, 0);
    this.#progress = new Progress(this.#targets, style, ctx);
    this.#startedMs = ctx.ports.clock.nowMs();
  }

  /** @param place of the check in the file */
  witness(check: NamedCheck, place: number): RunWitness<unknown> {
    const { kind, name, prober } = check;
    const before = this.#checks
      .slice(0, place)
      .reduce((sum, { targets: some }) => sum + some.length, 0);
    return {
      onResult: () => {},
      onDone: ({ place: at, target, tally }) => {
        const record = checkRecord(kind, prober.nameOf(target), tally);
        this.#records[place]?.set(at, record);
        const told = this.#style.json
          ? { ...record, name }
          : { ...record, target: `${name ?? kind}: ${record.target}` };
        this.#report.add(before + at, tally.verdict, () => ({
          record: told,
          explanation: undefined,
        }));
        this.#progress.step(this.#report.counts);
      },
    };
  }

  /** As JUnit has them: with the targets that nobody got to, for else all might look well. */
  get suites(): readonly JunitSuite[] {
    return this.#checks.map((check, place) => {
      const { kind, name, prober, targets } = check;
      return {
        name: name ?? `${place + 1} ${kind}`,
        verdict: this.#verdict(check, place),
        records: targets.map(
          (target, at) =>
            this.#records[place]?.get(at) ?? uncheckedRecord(kind, prober.nameOf(target)),
        ),
      };
    });
  }

  /** No more will come. @returns the exit status; what was not checked could not be found out */
  async end(junit: string | undefined): Promise<number> {
    this.#progress.end();
    await this.#report.end();
    const { json, quiet } = this.#style;
    const tookMs = this.#ctx.ports.clock.nowMs() - this.#startedMs;
    if (!quiet) this.#ctx.stderr(summaryText(this.#targets, this.#report.counts, tookMs, json));
    const counts = { up: 0, down: 0, unknown: 0 };
    for (const [place, check] of this.#checks.entries()) counts[this.#verdict(check, place)] += 1;
    const status = EXIT_OF[verdictOfAll(counts, this.#checks.length)];
    if (junit !== undefined) {
      const encoder = new TextEncoder();
      const xml = Array.from(junitXml(this.suites), (part) => encoder.encode(part));
      const write = async () => await this.#ctx.ports.files.write(junit, xml, "all");
      await writeBeside(status, write, this.#ctx, ["vipkit check run", json]);
    }
    return status;
  }

  #verdict({ args, targets }: NamedCheck, place: number): "up" | "down" | "unknown" {
    const records = [...(this.#records[place]?.values() ?? [])];
    const count = (verdict: string): number =>
      records.filter((record) => record.verdict === verdict).length;
    const [up, down] = [count("up"), count("down")];
    const unknown = targets.length - up - down;
    return verdictOfAll({ up, down, unknown }, neededOf(args["at-least"], targets.length));
  }
}
