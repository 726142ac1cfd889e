/** Keeps IPVS what a file wants: the file is followed, and what others change is put back and told. */
import { isSameValue } from "../../core/same-value.ts";
import type { Cancel, Closable, Ports } from "../../io/ports.ts";
import type { IpvsStep } from "../../proto/ipvs/step.ts";
import { stepSubject } from "../../proto/ipvs/step.ts";
import type { IpvsTarget } from "../../proto/ipvs/target.ts";
import { type FileAsRead, FileWatch } from "../file-watch.ts";
import type { Applied } from "./apply.ts";
import type { SyncPlan } from "./sync.ts";

/** What was changed by another program, and how often by now. */
export interface Drift {
  readonly step: IpvsStep; // that puts it back
  readonly subject: string;
  readonly deed: "deleted" | "changed" | "added";
  readonly times: number;
}

export type SyncOutcome = SyncPlan & Applied;

export interface KeepWitness {
  /** The first time, whenever the file says something else, and until it is made: what is new of it. */
  readonly onSynced: (outcome: SyncOutcome) => void;
  readonly onDrift: (drifts: readonly Drift[], outcome: SyncOutcome) => void;
  /** After the first time. It is tried again; where the file is at fault what it said before holds on. */
  readonly onTrouble: (error: unknown) => void;
}

/** A target with what it was read from. */
export interface ReadTarget {
  readonly target: IpvsTarget;
  readonly files: readonly FileAsRead[];
  readonly goodForMs: number; // then it is read again, as names in it may have other addresses
}

export interface KeepWork {
  readonly read: () => Promise<ReadTarget>;
  readonly sync: (target: IpvsTarget) => Promise<SyncOutcome>;
}

export class IpvsKeeper implements Closable {
  readonly #clock: Ports["clock"];
  readonly #intervalMs: number;
  readonly #work: KeepWork;
  readonly #witness: KeepWitness;
  readonly #watch: FileWatch;
  readonly #times = new Map<string, number>();
  #target: IpvsTarget | undefined;
  #isDue: boolean = false; // what the file says was not made as a whole yet
  #refused: string | undefined; // as it was told; undefined: nothing was told of what the file says
  #staleAtMs = -Infinity;
  #hasBegun: boolean = false;
  #isBusy: boolean = false;
  #isAwaited: boolean = false;
  #isClosed: boolean = false;
  #cancel: Cancel = () => {};

  constructor(
    intervalMs: number,
    ports: Pick<Ports, "clock" | "configurationFiles" | "hmacSha256">,
    work: KeepWork,
    witness: KeepWitness,
  ) {
    this.#intervalMs = intervalMs;
    this.#clock = ports.clock;
    this.#work = work;
    this.#witness = witness;
    this.#watch = new FileWatch(ports, () => this.readAgain());
  }

  /** @throws what keeps it from being so the first time: from then on it is tried again */
  async start(): Promise<void> {
    await this.#round();
    this.#hasBegun = true;
  }

  /** The file says something else, or may. */
  readAgain(): void {
    this.#staleAtMs = -Infinity;
    this.#cancel();
    void this.#round();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#watch.close();
  }

  async #round(): Promise<void> {
    this.#isAwaited = this.#isBusy; // what is asked for meanwhile comes with the next one
    if (this.#isBusy) return;
    this.#isBusy = true;
    if (await this.#attempt(() => this.#readWhereStale(), false)) {
      this.#isDue = true;
      this.#refused = undefined;
    }
    const target = this.#target;
    if (target !== undefined)
      await this.#attempt(async () => this.#tell(await this.#work.sync(target)), undefined);
    this.#isBusy = false;
    if (this.#isClosed) return;
    const delayMs = this.#isAwaited ? 0 : this.#intervalMs;
    this.#cancel = this.#clock.at(this.#clock.nowMs() + delayMs, () => void this.#round());
  }

  async #attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!this.#hasBegun) throw error;
      if (!this.#isClosed) this.#witness.onTrouble(error);
      return otherwise;
    }
  }

  /** @returns whether it says something else */
  async #readWhereStale(): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    if (nowMs < this.#staleAtMs) return false;
    const { target, files, goodForMs } = await this.#work.read();
    if (this.#isClosed) return false;
    this.#staleAtMs = nowMs + goodForMs;
    const before = this.#target;
    this.#target = target;
    this.#watch.follow(files);
    return before === undefined || !isSameTarget(before, target);
  }

  #tell(outcome: SyncOutcome): void {
    if (this.#isClosed) return;
    const refused = outcome.refused.map(({ error }) => error.message).join("\n");
    if (outcome.done.length > 0 || refused !== this.#refused) {
      if (this.#isDue) this.#witness.onSynced(outcome);
      else this.#witness.onDrift(this.#drifts(outcome.done), outcome);
    }
    this.#refused = refused;
    this.#isDue &&= refused !== "";
  }

  #drifts(done: readonly IpvsStep[]): Drift[] {
    return done.flatMap((step): Drift[] => {
      const deed = DEEDS[step.kind];
      if (deed === undefined) return [];
      const subject = stepSubject(step);
      const times = (this.#times.get(`${deed} ${subject}`) ?? 0) + 1;
      if (this.#times.size < MOST_REMEMBERED) this.#times.set(`${deed} ${subject}`, times);
      return [{ step, subject, deed, times }];
    });
  }
}

/** What somebody did when this puts it right. */
const DEEDS: Partial<Record<IpvsStep["kind"], Drift["deed"]>> = {
  "add-service": "deleted",
  "add-destination": "deleted",
  "start-daemon": "deleted",
  "set-service": "changed",
  "set-destination": "changed",
  "set-timeouts": "changed",
  "delete-destination": "added",
  "delete-service": "added",
  "stop-daemon": "added",
};

/** Where its parts stand in the file is nothing to the kernel. */
const isSameTarget = (one: IpvsTarget, other: IpvsTarget): boolean =>
  isSameValue([one.table, one.timeouts, one.daemons], [other.table, other.timeouts, other.daemons]);

const MOST_REMEMBERED = 100_000;
