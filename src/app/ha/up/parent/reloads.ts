/** Reloads, one at a time: what is asked for during one is done once more behind it. */

import type { PlanChanges } from "../plan/plan-changes.ts";
import type { ReadPlan, ReadWell } from "./reading.ts";

/** What is another thing from now on. */
export interface Reloaded {
  readonly changes: PlanChanges;
  readonly notes: readonly string[]; // what the file says, as it did not before, and does not happen
}

export type ReloadResult =
  | ({ readonly kind: "ok" } & Reloaded)
  /** All goes on as it was. */
  | Extract<ReadPlan, { kind: "refused" }>;

export class Reloads {
  readonly #read: () => Promise<ReadPlan>;
  readonly #apply: (read: ReadWell) => Promise<Reloaded | undefined>;
  #running: Promise<ReloadResult> | undefined;
  #queued: Promise<ReloadResult> | undefined;

  /** @param apply resolves when it is done; undefined: we are ending */
  constructor(
    read: () => Promise<ReadPlan>,
    apply: (read: ReadWell) => Promise<Reloaded | undefined>,
  ) {
    this.#read = read;
    this.#apply = apply;
  }

  /** Never rejects. */
  reload(): Promise<ReloadResult> {
    if (this.#queued !== undefined) return this.#queued;
    if (this.#running === undefined) return this.#begin();
    this.#queued = this.#running.then(() => this.#begin());
    return this.#queued;
  }

  #begin(): Promise<ReloadResult> {
    this.#queued = undefined;
    this.#running = this.#reload().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #reload(): Promise<ReloadResult> {
    const read = await this.#read();
    if (read.kind === "refused") return read;
    const reloaded = await this.#apply(read);
    return reloaded === undefined ? ENDING : { kind: "ok", ...reloaded };
  }
}

const ENDING = { kind: "refused", isMistake: false, lines: ["it is about to end"] } as const;
