/** One run of `vrrp sniff`: what is heard, which of it is shown and kept, and what it comes to. */
import { type Family, formatIp, type IpBytes } from "../../core/addr.ts";
import type { CapturePacket } from "../../core/capture/packet.ts";
import { directionOf, isKnownLinkType } from "../../core/dissect/link-layer.ts";
import type { Change } from "../../proto/sniff/change.ts";
import {
  ExpectationKeeper,
  type Expectations,
  type Violation,
} from "../../proto/sniff/expectations.ts";
import { Observer, wallMsOf } from "../../proto/sniff/observer.ts";
import { worstLevel } from "../../proto/sniff/reason.ts";
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { Timeline } from "../../proto/sniff/timeline.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";
import type { HmacSettings } from "../../proto/vrrp/hmac.ts";
import { SniffCounts, type SniffSummary } from "./sniff-counts.ts";
import { TimelineRecorder } from "./timeline-recorder.ts";

export interface SniffQuestion {
  readonly vrid: number | undefined; // others are as if they were not there
  readonly family: Family | undefined; // likewise
  readonly source: IpBytes | undefined; // only its packets are shown
  readonly badOnly: boolean; // only what is not right is shown
  readonly direction: "in" | "out" | "inout"; // only that is shown
  readonly count: number | undefined; // so many are shown
  readonly hmac: HmacSettings | null;
  readonly expectations: Expectations;
  readonly wantsTimeline: boolean;
}

/** All is shown and nothing is expected. */
export const PLAIN_QUESTION: SniffQuestion = {
  vrid: undefined,
  family: undefined,
  source: undefined,
  badOnly: false,
  direction: "inout",
  count: undefined,
  hmac: null,
  expectations: {
    singleMaster: false,
    master: undefined,
    vip: undefined,
    maxGapMs: undefined,
    none: false,
  },
  wantsTimeline: false,
};

/** Who is told. Nothing is told in `onSighting` that is not good for this call alone. */
export interface SniffWitness {
  onSighting(sighting: Sighting, packet: CapturePacket): void;
  onChange(change: Change): void;
}

export interface SniffReport {
  readonly summary: SniffSummary;
  readonly violations: readonly Violation[];
  readonly timeline: Timeline | null;
}

export class SniffSession {
  readonly #question: SniffQuestion;
  readonly #witness: SniffWitness;
  readonly #keep: ((packet: CapturePacket) => void) | undefined;
  readonly #counts = new SniffCounts();
  readonly #expectations: ExpectationKeeper;
  readonly #timeline: TimelineRecorder | undefined;
  readonly #source: string | undefined;
  readonly observer: Observer;
  #left: number;
  packets = 0; // that came, of any kind on links that are known
  startedMs = Number.NaN; // of the first one, milliseconds since 1970
  unknownLinkType: number | undefined; // of one that was passed over

  /** @param keep is given each packet that is shown */
  constructor(
    question: SniffQuestion,
    witness: SniffWitness,
    keep?: (packet: CapturePacket) => void,
  ) {
    this.#question = question;
    this.#witness = witness;
    this.#keep = keep;
    this.#left = question.count ?? Number.POSITIVE_INFINITY;
    this.#source = question.source === undefined ? undefined : formatIp(question.source);
    this.#expectations = new ExpectationKeeper(question.expectations);
    this.#timeline = question.wantsTimeline ? new TimelineRecorder() : undefined;
    const { vrid, family, hmac } = question;
    this.observer = new Observer({
      wants: (one, its) => one === (vrid ?? one) && its === (family ?? its),
      hmac,
      onChange: (change) => {
        this.#expectations.note(change);
        this.#timeline?.note(change);
        witness.onChange(change);
      },
    });
  }

  /** As many as were asked for have been shown. */
  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** How long one must listen to have heard every master that paces itself as those heard do. */
  get needMs(): number {
    let needMs = SHORTEST_MS;
    for (const { speakers } of this.routers)
      for (const { patienceMs } of speakers.values()) needMs = Math.max(needMs, patienceMs);
    const { maxGapMs } = this.#question.expectations;
    // A gap can be seen by who listens for longer.
    return Math.max(Math.min(LONGEST_MS, needMs), (maxGapMs ?? -SHORTEST_MS) + SHORTEST_MS);
  }

  get routers(): VirtualRouter[] {
    return [...this.observer.routers];
  }

  take(packet: CapturePacket): void {
    if (this.#left <= 0) return;
    if (!isKnownLinkType(packet.linkType)) {
      this.unknownLinkType ??= packet.linkType;
      return;
    }
    this.packets += 1;
    const sighting = this.observer.hear(packet);
    if (this.packets === 1) this.startedMs = wallMsOf(packet);
    if (sighting === undefined) return;
    this.#counts.note(sighting);
    if (sighting.reasons.length > 0) this.#timeline?.judge(sighting, this.observer.nowMs);
    if (!this.#isShown(sighting, packet)) return;
    this.#left -= 1;
    this.#keep?.(packet);
    this.#witness.onSighting(sighting, packet);
  }

  /** At the end. @param nowMs when it is, milliseconds since 1970 */
  report(nowMs: number, kernelDrops: number | null): SniffReport {
    const { routers } = this;
    return {
      summary: this.#counts.summary(routers, nowMs, kernelDrops),
      violations: this.#expectations.violations(routers, nowMs),
      timeline:
        this.#timeline?.timeline(this.packets === 0 ? nowMs : this.startedMs, nowMs) ?? null,
    };
  }

  #isShown(sighting: Sighting, packet: CapturePacket): boolean {
    const { badOnly, direction } = this.#question;
    if (badOnly && worstLevel(sighting.reasons) === undefined) return false;
    if (direction !== "inout" && directionOf(packet) !== direction) return false;
    return this.#source === undefined || sourceOf(sighting) === this.#source;
  }
}

function sourceOf(sighting: Sighting): string | null {
  if (sighting.kind === "advert") return sighting.advert.source;
  if (sighting.kind === "claim") return formatIp(sighting.seen.ip);
  const { source } = sighting.seen;
  return source === null ? null : formatIp(source);
}

const SHORTEST_MS = 4000; // a master-down time of adverts each second
const LONGEST_MS = 180_000; // of the longest interval of version 3
