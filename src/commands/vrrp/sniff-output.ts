/** How `vrrp sniff` tells what it sees: packets, changes or a table, as text or JSON. */
import type { SniffSession, SniffWitness } from "../../app/sniff/session.ts";
import { changeRecord, routerRecord, sightingRecord } from "../../app/sniff/sighting-record.ts";
import type { Violation } from "../../app/sniff/sniff.ts";
import { ANY } from "../../app/sniff/sniff.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { changeLine } from "./change-text.ts";
import { SniffLines } from "./sniff-line.ts";
import type { SniffArgs } from "./sniff-options.ts";
import { redraw, routerRows } from "./sniff-table.ts";

/** Gathers lines: one system call for each would be slower than all the rest. */
export class SniffOutput implements SniffWitness {
  readonly #args: SniffArgs;
  readonly #ctx: Context;
  readonly #lines: SniffLines;
  readonly #silent: boolean;
  #gathered: string[] = [];
  #drawnMs = Number.NEGATIVE_INFINITY;
  #drawing: Promise<void> = Promise.resolve();
  #session: SniffSession | undefined;
  /** Lines of a live run for which the reader of stdout was too slow. */
  unshown = 0;

  constructor(args: SniffArgs, ctx: Context) {
    this.#args = args;
    this.#ctx = ctx;
    this.#silent = args.quiet || args.write === "-" || args.plot === "-";
    this.#lines = new SniffLines({
      paint: ctx.paint,
      showSegment: args.interface === ANY || args.read !== undefined,
      showMacs: args.macs,
      showSecrets: args["show-secrets"],
    });
  }

  /** Whose routers the table is of. */
  watch(session: SniffSession): void {
    this.#session = session;
  }

  readonly onSighting: SniffWitness["onSighting"] = (sighting, packet) => {
    const { follow, table, json } = this.#args;
    if (this.#silent || follow || table) return;
    this.#say(
      json
        ? formatJson(sightingRecord(sighting, packet, this.#args["show-secrets"]))
        : this.#lines.line(sighting, packet),
    );
  };

  readonly onChange: SniffWitness["onChange"] = (change) => {
    const { follow, json } = this.#args;
    if (this.#silent || !follow) return;
    this.#say(json ? formatJson(changeRecord(change)) : changeLine(change, this.#ctx.paint));
  };

  /** All that has come up to now was told. @returns when stdout has taken it, where it is slow */
  readonly onPause = (): Promise<void> | undefined => {
    this.#flush();
    this.#redraw();
    return this.#ctx.backlogBytes() > 0 ? this.#ctx.drained() : undefined;
  };

  #redraw(): void {
    const { table, json } = this.#args;
    const nowMs = this.#ctx.ports.clock.nowMs();
    if (!table || json || this.#silent || this.#ctx.columns === undefined) return;
    if (nowMs - this.#drawnMs < BEAT_MS) return;
    if (this.#drawnMs < 0) this.#ctx.stdout(CLEAR_SCREEN);
    this.#drawnMs = nowMs;
    this.#drawing = this.#draw(this.#ctx.ports.clock.wallMs());
  }

  /** The last of it. @param endMs milliseconds since 1970 */
  async end(endMs: number): Promise<void> {
    const { table, json } = this.#args;
    await this.#drawing;
    this.#flush();
    if (!table || this.#silent) return;
    if (!json && this.#ctx.columns !== undefined && this.#drawnMs > 0) await this.#draw(endMs);
    else if (json) for (const router of this.#routers(endMs)) this.#say(formatJson(router));
    else
      for (const row of await routerRows(this.#routers(endMs), this.#ctx.columns, endMs))
        this.#say(row);
    this.#flush();
  }

  /** What was not as expected; behind `end`. */
  violated({ expectation, evidence }: Violation): void {
    if (this.#silent) return;
    const { stdout, paint } = this.#ctx;
    if (this.#args.json) stdout(formatJson({ type: "violation", expectation, evidence }));
    else stdout(paint.red(printable(`violated: ${expectation}: ${evidence}`)));
  }

  /** One line of the answer. */
  #say(line: string): void {
    this.#gathered.push(line);
    if (this.#gathered.length >= MOST_GATHERED) this.#flush();
  }

  /** The wire does not wait for a reader that is slow, and memory has an end. */
  #flush(): void {
    if (this.#gathered.length === 0) return;
    const isTooMuch =
      this.#args.read === undefined && this.#ctx.backlogBytes() > MOST_BACKLOG_BYTES;
    if (isTooMuch) this.unshown += this.#gathered.length;
    else this.#ctx.stdout(this.#gathered.join("\n"));
    this.#gathered = [];
  }

  async #draw(nowMs: number): Promise<void> {
    await redraw(this.#routers(nowMs), nowMs, this.#ctx);
  }

  #routers(nowMs: number) {
    return (this.#session?.routers ?? [])
      .map((router) => routerRecord(router, nowMs))
      .sort(
        (a, b) =>
          a.segment.localeCompare(b.segment) || a.vrid - b.vrid || (a.family < b.family ? -1 : 1),
      );
  }
}

const MOST_GATHERED = 1000;
const MOST_BACKLOG_BYTES = 4 << 20;
const BEAT_MS = 1000;
const CLEAR_SCREEN = "\x1b[2J";
