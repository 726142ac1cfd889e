/**
 * A LAN of virtual routers in virtual time: real machines, codec and judgement, no kernel. All that
 * is random comes from one seed, so a failure is repeated by its seed.
 */

import { EventQueue } from "../../src/app/ha/simulate/event-queue.ts";
import { randomFrom } from "../../src/core/seeded-random.ts";
import type { TimerExpired } from "../../src/proto/machine.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import type {
  ReportTransition,
  VrrpCause,
  VrrpFact,
  VrrpOrder,
} from "../../src/proto/vrrp/facts.ts";
import { leaseEndMs } from "../../src/proto/vrrp/lease.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";
import type { VrrpReach } from "../../src/proto/vrrp/reach.ts";
import { type HeardDatagram, judgeAdvert } from "../../src/proto/vrrp/receive.ts";
import { advertBytes, GROUP, VIP } from "./lan-adverts.ts";
import { LanRouter } from "./lan-router.ts";
import { vrrpConfig } from "./vrrp.ts";

/** How bad the LAN is. */
export interface LanQuality {
  readonly lossPct: number;
  readonly duplicatePct: number;
  readonly delayMs: number; // of every packet
  readonly jitterMs: number; // up to so much more: packets overtake each other
  readonly latenessMs: number; // of timers, up to so much
}

export const GOOD_LAN: LanQuality = {
  lossPct: 0,
  duplicatePct: 0,
  delayMs: 1,
  jitterMs: 0,
  latenessMs: 1,
};

/** A router became MASTER: why it says so, and what its host had heard by then. */
export interface Takeover {
  readonly atMs: number;
  readonly router: LanRouter;
  readonly cause: VrrpCause;
  readonly silentMs: number; // since an advert of a master came to its socket
  readonly heardPriority: number; // of that master
}

export class Lan {
  readonly routers: readonly LanRouter[];
  quality = GOOD_LAN;
  transitions = 0;
  readonly takeovers: Takeover[] = [];
  lastAnnouncer: LanRouter | undefined;
  readonly #random: () => number;
  readonly #queue = new EventQueue();
  #history: { sinceMs: number; holders: number }[] = [{ sinceMs: 0, holders: 0 }];

  constructor(seed: number, configs: readonly Partial<VrrpConfig>[]) {
    this.#random = randomFrom(seed);
    this.routers = configs.map((changes, index) => new LanRouter(index, vrrpConfig(changes)));
  }

  /** Those whom a client can reach. */
  get holders(): LanRouter[] {
    return this.routers.filter(({ holds, segment }) => holds && segment >= 0);
  }

  /** 0 up to `limit`, not itself. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  get nowMs(): number {
    return this.#queue.nowMs;
  }

  at(atMs: number, run: () => void): void {
    this.#queue.at(atMs, run);
  }

  run(forMs: number): void {
    this.#queue.runUntil(this.nowMs + forMs);
  }

  start(router: LanRouter): void {
    if (router.isUp) return;
    router.isUp = true;
    router.machine = new VrrpMachine(router.config);
    const isCut = router.segment < 0;
    if (isCut) router.machine.handle({ kind: "fault-raised", fault: "link-down" }, this.nowMs);
    this.feed(router, { kind: "started" });
  }

  /** The host loses power: no farewell, the addresses are gone. */
  crash(router: LanRouter): void {
    this.kill(router);
    this.#hold(router, false);
  }

  /** The process ends without a farewell: the addresses stay, for ever or until their lease ends. */
  kill(router: LanRouter): void {
    router.isUp = false;
    router.isFrozen = false;
    router.inbox.length = 0;
  }

  freeze(router: LanRouter): void {
    if (router.isUp) router.isFrozen = true;
  }

  /** The process runs again: its timers and what lies in its sockets, either of them first. */
  thaw(router: LanRouter): void {
    if (!router.isFrozen) return;
    router.isFrozen = false;
    const timersFirst = this.below(2) === 0;
    if (timersFirst) this.feed(router, { kind: "timer-expired" });
    for (const fact of router.inbox.splice(0)) this.feed(router, fact);
    if (!timersFirst) this.feed(router, { kind: "timer-expired" });
  }

  /** Its loop stops for so long and then drains what queued. */
  stall(router: LanRouter, forMs: number): void {
    this.freeze(router);
    this.at(this.nowMs + forMs, () => this.thaw(router));
  }

  /** The kernel says so at once, unlike in a partition. */
  cutLink(router: LanRouter): void {
    router.segment = -1 - this.routers.indexOf(router);
    this.#note();
    this.feed(router, { kind: "fault-raised", fault: "link-down" });
  }

  restoreLink(router: LanRouter): void {
    router.segment = 0;
    this.#note();
    this.feed(router, { kind: "fault-cleared", fault: "link-down" });
  }

  feed(router: LanRouter, fact: VrrpFact | TimerExpired): void {
    if (!router.isUp) return;
    if (router.isFrozen) {
      const fits = router.inbox.length < MOST_QUEUED;
      if (fact.kind !== "timer-expired" && fits) router.inbox.push(fact);
      return;
    }
    for (const order of router.machine.handle(fact, this.nowMs)) this.#perform(router, order);
    if (router.machine.state === "init") router.isUp = false;
    this.#arm(router);
  }

  /** A datagram that everybody in segment 0 hears, in perfect order. */
  inject(datagram: Pick<HeardDatagram, "source" | "payload" | "ttl">): void {
    for (const router of this.routers) {
      if (router.segment === 0) this.#deliver(router, { ...datagram, destination: GROUP });
    }
  }

  /** The longest time on end since `fromMs` for which the number of holders was so. */
  longestMs(fromMs: number, applies: (holders: number) => boolean): number {
    let longestMs = 0;
    let beganMs: number | undefined;
    for (const [index, { sinceMs, holders }] of this.#history.entries()) {
      const endMs = this.#history[index + 1]?.sinceMs ?? this.nowMs;
      if (endMs <= fromMs || !applies(holders)) {
        beganMs = undefined;
        continue;
      }
      beganMs ??= Math.max(sinceMs, fromMs);
      longestMs = Math.max(longestMs, endMs - beganMs);
    }
    return longestMs;
  }

  #perform(router: LanRouter, order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        this.#hold(router, order.held);
        break;
      case "send-advert":
        this.#send(router, order.priority);
        break;
      case "announce":
        this.lastAnnouncer = router;
        break;
      case "report-transition":
        this.transitions += 1;
        if (order.to === "master") this.#remember(router, order);
    }
  }

  #remember(router: LanRouter, { cause }: ReportTransition): void {
    const { atMs, priority: heardPriority } = router.reached;
    const silentMs = this.nowMs - atMs;
    this.takeovers.push({ atMs: this.nowMs, router, cause, silentMs, heardPriority });
  }

  /** The kernel ends a lease in its own time, but never early. */
  #hold(router: LanRouter, held: boolean): void {
    const { leaseS } = router.config;
    router.leases += 1;
    if (held && leaseS !== null) {
      const lease = router.leases;
      const lateMs = this.#random() * (leaseEndMs(leaseS) - leaseS * 1000);
      this.at(this.nowMs + leaseS * 1000 + lateMs, () => {
        if (router.leases !== lease) return;
        this.#hold(router, false);
        this.feed(router, { kind: "addresses-lost" });
      });
    }
    if (router.holds === held) return;
    router.holds = held;
    this.#note();
  }

  #note(): void {
    this.#history.push({ sinceMs: this.nowMs, holders: this.holders.length });
  }

  #send(sender: LanRouter, priority: number): void {
    const payload = advertBytes(sender.config, priority, sender.address);
    const datagram = { source: sender.address, destination: GROUP, ttl: 255, payload };
    for (const router of this.routers) {
      if (router === sender || router.segment !== sender.segment) continue;
      if (this.below(100) < this.quality.lossPct) continue;
      const copies = this.below(100) < this.quality.duplicatePct ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const delayMs = this.quality.delayMs + this.#random() * this.quality.jitterMs;
        this.at(this.nowMs + delayMs, () => this.#deliver(router, datagram));
      }
    }
  }

  #deliver(router: LanRouter, datagram: HeardDatagram): void {
    const { config, address: source } = router;
    const reach: VrrpReach = { kind: "group", group: GROUP };
    const standard = { ...config, source, addresses: [VIP], authPass: null, hmac: null, reach };
    const fact = judgeAdvert(datagram, standard, this.nowMs);
    if (fact === undefined) return;
    if (fact.kind === "advert-received" && fact.priority > 0) {
      router.reached = { atMs: this.nowMs, priority: fact.priority };
    }
    this.feed(router, fact);
  }

  #arm(router: LanRouter): void {
    const { deadlineMs } = router.machine;
    if (!router.isUp || router.armedForMs === deadlineMs || !Number.isFinite(deadlineMs)) return;
    router.armedForMs = deadlineMs;
    this.at(deadlineMs + this.#random() * this.quality.latenessMs, () => {
      if (router.armedForMs !== deadlineMs) return;
      router.armedForMs = Number.NaN;
      this.feed(router, { kind: "timer-expired" });
    });
  }
}

const MOST_QUEUED = 256; // adverts, in a socket of the default size of Linux
