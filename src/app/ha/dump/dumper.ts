/** Writes keepalived's dumps when somebody asks for them as keepalived is asked: by a signal. */
import { SystemError } from "../../../core/errors.ts";
import type { Closable, DumpSignal, Ports } from "../../../io/ports.ts";
import type { HaParts } from "../up/parent/parts.ts";
import { routerRecords } from "../up/parent/status.ts";
import { dataText } from "./data-text.ts";
import { keepalivedJson } from "./json.ts";
import { type Moment, momentOf, momentWithout, STATISTICS, type Statistics } from "./moment.ts";
import type { DumpKind } from "./plan.ts";
import { statisticsText } from "./statistics.ts";

export class Dumper implements Closable {
  readonly #parts: HaParts;
  readonly #trouble: (text: string) => void;
  readonly #wanted = new Set<DumpWish>();
  readonly #cleared = new Map<string, Statistics>(); // what was counted then, by instance
  #isWriting: boolean = false;
  readonly #open: Closable[] = [];

  constructor(parts: HaParts, trouble: (text: string) => void) {
    this.#parts = parts;
    this.#trouble = trouble;
  }

  /** Hears the signals from now on. */
  listen(): void {
    for (const [signal, wish] of WISHES) {
      try {
        this.#open.push(this.#parts.ports.onSignal(signal, () => this.want(wish)));
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        this.#trouble(`${signal} is not heard: ${error.message}`);
      }
    }
  }

  /** One after the other, and what is asked for twice meanwhile is written once. */
  want(wish: DumpWish): void {
    this.#wanted.add(wish);
    if (!this.#isWriting) void this.#work();
  }

  close(): void {
    for (const part of this.#open.splice(0)) part.close();
  }

  async #work(): Promise<void> {
    this.#isWriting = true;
    for (const wish of this.#wanted) {
      this.#wanted.delete(wish);
      await this.#write(wish);
    }
    this.#isWriting = false;
  }

  async #write(wish: DumpWish): Promise<void> {
    const { supervisor, ports } = this.#parts;
    const { dump } = supervisor.plan;
    const moments = await this.#moments();
    const kind = wish === "clearing" ? "statistics" : wish;
    const texts = {
      data: () => dataText(dump, moments, supervisor.tracked),
      statistics: () => statisticsText(dump, moments),
      json: () => keepalivedJson(dump, moments, supervisor.tracked),
    };
    try {
      await ports.files.writeAnew(dump.paths[kind], [new TextEncoder().encode(texts[kind]())]);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#trouble(error.message);
    }
    if (wish === "clearing") this.#clear(moments);
  }

  /** Of the instances of the plan, in its order. */
  async #moments(): Promise<Moment[]> {
    const { supervisor, ports } = this.#parts;
    const records = new Map(
      (await routerRecords(this.#parts)).map((record) => [record.instance, record]),
    );
    const wallMs = ports.clock.wallMs();
    return supervisor.plan.dump.instances.map(({ name, priority }) => {
      const record = records.get(name);
      if (record !== undefined) return this.#sinceCleared(name, momentOf(record, wallMs));
      const runs = supervisor.plan.routers.some(({ instance }) => instance.name === name);
      const state = supervisor.states.get(name) ?? (runs ? "init" : "fault");
      return momentWithout(state, priority);
    });
  }

  #sinceCleared(name: string, moment: Moment): Moment {
    const before = this.#cleared.get(name);
    const now = moment.statistics;
    if (before === undefined) return moment;
    // Who counts from zero again is another process.
    if (STATISTICS.some((counter) => now[counter] < before[counter])) {
      this.#cleared.delete(name);
      return moment;
    }
    const statistics = { ...now };
    for (const counter of STATISTICS) statistics[counter] -= before[counter];
    return { ...moment, statistics };
  }

  /** @param moments as they were just written */
  #clear(moments: readonly Moment[]): void {
    for (const [index, { name }] of this.#parts.supervisor.plan.dump.instances.entries()) {
      const before = this.#cleared.get(name);
      const statistics = { ...(moments[index] as Moment).statistics };
      for (const counter of STATISTICS) statistics[counter] += before?.[counter] ?? 0;
      this.#cleared.set(name, statistics);
    }
  }
}

/** They end nobody: no child that is sent what its parent is sent, nor who has not begun yet. @throws SystemError */
export function surviveDumpSignals({ onSignal }: Pick<Ports, "onSignal">): void {
  for (const [signal] of WISHES) onSignal(signal, () => {});
}

/** `clearing`: the statistics, which begin at zero from then on. */
export type DumpWish = DumpKind | "clearing";

const WISHES: readonly (readonly [DumpSignal, DumpWish])[] = [
  ["SIGUSR1", "data"],
  ["SIGUSR2", "statistics"],
  ["SIGRTMIN+2", "json"],
  ["SIGRTMAX-1", "clearing"],
];
