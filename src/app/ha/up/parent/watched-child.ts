/** A child process bound to its watch: started, heard, killed when silent, started again. */
import { Histogram } from "../../../../core/histogram.ts";
import { type Driver, drive } from "../../../../io/drive.ts";
import type { Child, Ports } from "../../../../io/ports.ts";
import {
  type ChildFact,
  type ChildLimits,
  type ChildOrder,
  ChildWatch,
} from "../../../../proto/ha/child-watch.ts";
import type { ChildRole, FromChild, Question, ToChild } from "../messages.ts";
import { OpenQuestions } from "./open-questions.ts";

export interface ChildWitness<Message> {
  /** What it is to be told first, each time that it is started. */
  readonly greeting: () => readonly Message[];
  readonly onMessage: (message: FromChild) => void;
  /** Something a person should know: it was killed, or has ended by itself. */
  readonly onTrouble: (text: string) => void;
  /** It does not do its work now: it is silent, or has ended; it speaks again. */
  readonly onAway?: (isAway: boolean) => void;
}

export interface Beat {
  readonly atMs: number; // Clock.nowMs
  readonly lateMs: number; // by which its loop came too late to it
}

export interface ChildStanding {
  readonly role: ChildRole;
  readonly pid: number | undefined; // while it runs
  readonly restarts: number;
  readonly beat: Beat | undefined; // its last one
  readonly worstLateMs: number;
  readonly delays: Histogram; // in milliseconds, at all beats of all that ran
}

/** The same for a child that may be silent for so long at least. */
export const patient = (limits: ChildLimits, silentMs: number): ChildLimits => ({
  ...limits,
  silentMs: Math.max(limits.silentMs, silentMs),
});

export class WatchedChild<Message extends object> {
  readonly role: ChildRole;
  readonly ended: Promise<void>;
  readonly #ports: Pick<Ports, "startChild" | "clock">;
  readonly #witness: ChildWitness<Message>;
  readonly #watch: ChildWatch;
  readonly #driver: Driver<ChildFact>;
  readonly #questions: OpenQuestions;
  #child: Child | undefined;
  #beat: Beat | undefined; // of the child that runs
  #worstLateMs = 0; // of all that ran
  readonly #delays = new Histogram(DELAY_BOUNDS_MS);
  #spare: Launched | undefined; // may have to take its place
  #isWanted: boolean = true;
  #end: () => void = () => {};

  constructor(
    role: ChildRole,
    limits: ChildLimits,
    ports: Pick<Ports, "startChild" | "clock">,
    witness: ChildWitness<Message>,
  ) {
    this.role = role;
    this.#ports = ports;
    this.#witness = witness;
    this.#questions = new OpenQuestions(ports.clock);
    this.#watch = new ChildWatch(limits);
    this.#driver = drive(this.#watch, ports.clock, (order) => this.#perform(order));
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** As it is now. */
  get standing(): ChildStanding {
    return {
      role: this.role,
      pid: this.#child?.pid,
      restarts: Math.max(0, this.#watch.starts - 1),
      beat: this.#beat,
      worstLateMs: this.#worstLateMs,
      delays: this.#delays,
    };
  }

  start(): void {
    this.#driver.feed({ kind: "wanted" });
  }

  /** Politely; at once when it is said again. */
  stop(): void {
    this.#isWanted = false;
    this.#driver.feed({ kind: "unwanted" });
  }

  send(message: ToChild<Message>): void {
    this.#child?.send(message);
  }

  /** @returns undefined where it does not answer in time, or ends meanwhile */
  async ask(question: Question, limitMs: number): Promise<object | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    return await this.#questions.ask((id) => child.send({ kind: "ask", id, question }), limitMs);
  }

  #perform(order: ChildOrder): void {
    switch (order.kind) {
      case "start":
        void this.#begin();
        break;
      case "hurry":
        this.send({ kind: "abandon" });
        break;
      case "ask-to-end":
        this.send({ kind: "end" });
        break;
      case "kill":
        this.#witness.onTrouble(killText(order));
        this.#child?.kill();
        break;
      case "suspect":
        void this.#prepare();
        this.#witness.onAway?.(true);
        break;
      case "trust":
        this.#dismissSpare();
        this.#witness.onAway?.(false);
        break;
      case "report-end":
        this.#dismissSpare();
        this.#driver.stop();
        this.#end();
    }
  }

  /** A start takes its time: who may be killed soon gets a successor that has it behind it. */
  async #prepare(): Promise<void> {
    const spare = await this.#launch();
    this.#dismissSpare();
    this.#spare = spare;
    if (!this.#isWanted || !this.#watch.isSuspicious) this.#dismissSpare();
  }

  #dismissSpare(): void {
    this.#spare?.child.kill();
    this.#spare = undefined;
  }

  async #begin(): Promise<void> {
    const next = this.#spare ?? (await this.#launch());
    this.#spare = undefined;
    next.isHeard = true;
    this.#child = next.child;
    if (next.endedWith !== undefined) {
      this.#bury(next.endedWith);
      return;
    }
    for (const message of this.#witness.greeting()) next.child.send(message);
    if (!this.#isWanted) next.child.send({ kind: "end" });
  }

  async #launch(): Promise<Launched> {
    const state: Omit<Launched, "child"> = { isHeard: false, endedWith: undefined };
    const child = await this.#ports.startChild(["--child", this.role], {
      onMessage: (message) => {
        if (state.isHeard) this.#hear(message as FromChild);
      },
      onEnd: (code) => {
        state.endedWith = code;
        if (state.isHeard) this.#bury(code);
      },
    });
    return Object.assign(state, { child });
  }

  #hear(message: FromChild): void {
    if (message.kind === "beat") {
      this.#beat = { atMs: this.#ports.clock.nowMs(), lateMs: message.lateMs };
      this.#delays.add(message.lateMs);
      this.#worstLateMs = Math.max(this.#worstLateMs, message.lateMs);
    } else if (message.kind === "answer") this.#questions.settle(message.id, message.answer);
    this.#driver.feed({ kind: "beat" }); // whatever it says: it may do much in one turn of its loop
    this.#witness.onMessage(message);
  }

  #bury(code: string): void {
    this.#child = undefined;
    this.#beat = undefined;
    this.#questions.abandon();
    if (this.#isWanted) {
      this.#witness.onTrouble(`ended (${code}): started again`);
      this.#witness.onAway?.(true);
    }
    this.#driver.feed({ kind: "ended" });
  }
}

function killText({ cause, afterMs }: Extract<ChildOrder, { kind: "kill" }>): string {
  const ms = Math.round(afterMs);
  if (cause === "hurried") return "killed before it had ended: asked twice to end";
  if (cause === "silent") return `silent for ${ms} ms: killed`;
  return `has not ended ${ms} ms after it was asked to: killed`;
}

interface Launched {
  readonly child: Child;
  isHeard: boolean; // not while it is a spare
  endedWith: string | undefined;
}

/** From what is always so to what loses an election. */
const DELAY_BOUNDS_MS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
