/**
 * The asking end of the test whether adverts between two hosts arrive, by multicast and by unicast,
 * each way. A question tells what came of the answers so far, and an answer what came of the questions.
 */
import type { DeliveryProbe, DeliveryTally, DeliveryWay } from "../../core/wire/delivery-probe.ts";
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";
import { type DeliveryCounts, laterTally, TallyBook } from "./delivery-tally.ts";

export type AskerFact =
  | { readonly kind: "started" }
  /** On the protocol's socket, or seen at the interface before any firewall. */
  | {
      readonly kind: "probe-heard" | "probe-seen";
      readonly way: DeliveryWay;
      readonly probe: Pick<DeliveryProbe, "kind" | "tally">;
    };

export type AskerOrder =
  | {
      readonly kind: "send";
      readonly probe: "question" | "report";
      readonly way: DeliveryWay;
      readonly answerWay: DeliveryWay;
      readonly tally: DeliveryTally;
    }
  /** The last order. */
  | { readonly kind: "finish"; readonly counts: DeliveryCounts };

/**
 * One question each `PACE_MS`, by multicast and by unicast in turn, and of each way half of the answers
 * by the one and half by the other: so answers of both ways come as long as one kind of question
 * arrives. When all are told, each end reports its figures once more, by every way there and back:
 * else those of the last answers would be missing wherever one way is dead.
 */
export class DeliveryAsker implements Machine<AskerFact, AskerOrder> {
  deadlineMs = NEVER;
  readonly #questions: number;
  #asked = 0;
  #state: "asking" | "reporting" | "finished" = "asking";
  readonly #ours = new TallyBook();
  #theirs: DeliveryTally | null = null;

  /** @param perWay questions by each way */
  constructor(perWay: number) {
    this.#questions = perWay * 2;
  }

  handle(fact: AskerFact | TimerExpired, nowMs: number): AskerOrder[] {
    if (this.#state === "finished") return [];
    switch (fact.kind) {
      case "started":
        return this.#next(nowMs);
      case "timer-expired":
        return nowMs < this.deadlineMs ? [] : this.#next(nowMs);
      case "probe-heard":
      case "probe-seen":
        return this.#hear(fact.kind === "probe-heard" ? "received" : "seen", fact.way, fact.probe);
    }
  }

  #hear(
    what: "received" | "seen",
    way: DeliveryWay,
    { kind, tally }: Pick<DeliveryProbe, "kind" | "tally">,
  ): AskerOrder[] {
    if (kind === "question") return [];
    if (kind === "answer") this.#ours.count(what, way);
    this.#theirs = laterTally(this.#theirs, tally);
    return [];
  }

  #next(nowMs: number): AskerOrder[] {
    if (this.#asked < this.#questions) return [this.#ask(nowMs)];
    if (this.#state === "asking") return this.#report(nowMs);
    this.#state = "finished";
    this.deadlineMs = NEVER;
    return [{ kind: "finish", counts: { ours: this.#ours.tally(), theirs: this.#theirs } }];
  }

  #ask(nowMs: number): AskerOrder {
    const way = this.#asked % 2 === 0 ? "multicast" : "unicast";
    const answerWay = this.#asked % 4 < 2 ? way : otherThan(way);
    this.#asked += 1;
    this.#ours.count("sent", way);
    this.deadlineMs = nowMs + (this.#asked === this.#questions ? LAST_WAIT_MS : PACE_MS);
    return { kind: "send", probe: "question", way, answerWay, tally: this.#ours.tally() };
  }

  #report(nowMs: number): AskerOrder[] {
    this.#state = "reporting";
    this.deadlineMs = nowMs + REPORT_WAIT_MS;
    const tally = this.#ours.tally();
    return WAYS.flatMap((way) =>
      WAYS.map((answerWay) => ({ kind: "send", probe: "report", way, answerWay, tally }) as const),
    );
  }
}

const otherThan = (way: DeliveryWay): DeliveryWay =>
  way === "multicast" ? "unicast" : "multicast";

const WAYS = ["multicast", "unicast"] as const;
const PACE_MS = 50;
const LAST_WAIT_MS = 500; // far more than a LAN takes
const REPORT_WAIT_MS = 300;
