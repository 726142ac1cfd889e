/**
 * A LAN of virtual routers in virtual time: real machines, codec and judgement, no kernel. All that
 * is random comes from one seed, so a failure is repeated by its seed.
 */
import { type IpBytes, parseIp } from "../../src/core/addr.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import type { TimerExpired } from "../../src/proto/machine.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import type { VrrpFact, VrrpOrder } from "../../src/proto/vrrp/facts.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";
import type { VrrpReach } from "../../src/proto/vrrp/reach.ts";
import { type HeardDatagram, judgeAdvert } from "../../src/proto/vrrp/receive.ts";
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

export class LanRouter {
  readonly address: IpBytes;
  readonly config: VrrpConfig;
  machine: VrrpMachine;
  isUp: boolean = false; // its process lives, though perhaps frozen
  isFrozen: boolean = false;
  segment = 0; // hears those of the same segment
  holds = false;
  armedForMs = Number.NaN;
  readonly inbox: (VrrpFact | TimerExpired)[] = []; // what waits for a frozen process

  constructor(index: number, config: VrrpConfig) {
    this.address = parseIp(`10.0.0.${index + 1}`) as IpBytes;
    this.config = config;
    this.machine = new VrrpMachine(config);
  }
}

export class Lan {
  readonly routers: readonly LanRouter[];
  quality = GOOD_LAN;
  nowMs = 0;
  transitions = 0;
  lastAnnouncer: LanRouter | undefined;
  readonly #random: () => number;
  readonly #events: { atMs: number; run: () => void }[] = []; // sorted by time
  #history: { sinceMs: number; holders: number }[] = [{ sinceMs: 0, holders: 0 }];

  constructor(seed: number, configs: readonly Partial<VrrpConfig>[]) {
    this.#random = randomFrom(seed);
    this.routers = configs.map((changes, index) => new LanRouter(index, vrrpConfig(changes)));
  }

  get holders(): LanRouter[] {
    return this.routers.filter((router) => router.holds);
  }

  /** 0 up to `limit`, not itself. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  at(atMs: number, run: () => void): void {
    const after = this.#events.findIndex((event) => event.atMs > atMs);
    this.#events.splice(after < 0 ? this.#events.length : after, 0, { atMs, run });
  }

  run(forMs: number): void {
    const untilMs = this.nowMs + forMs;
    for (let next = this.#events[0]; next && next.atMs <= untilMs; next = this.#events[0]) {
      this.#events.shift();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = untilMs;
  }

  start(router: LanRouter): void {
    if (router.isUp) return;
    router.isUp = true;
    router.machine = new VrrpMachine(router.config);
    this.feed(router, { kind: "started" });
  }

  /** The host loses power: no farewell, the addresses are gone. */
  crash(router: LanRouter): void {
    router.isUp = false;
    router.isFrozen = false;
    router.inbox.length = 0;
    this.#hold(router, false);
  }

  freeze(router: LanRouter): void {
    if (router.isUp) router.isFrozen = true;
  }

  /** The process runs again: first its timers, then what lies in its sockets. */
  thaw(router: LanRouter): void {
    if (!router.isFrozen) return;
    router.isFrozen = false;
    this.feed(router, { kind: "timer-expired" });
    for (const fact of router.inbox.splice(0)) this.feed(router, fact);
  }

  /** The kernel says so at once, unlike in a partition. */
  cutLink(router: LanRouter): void {
    router.segment = -1 - this.routers.indexOf(router);
    this.feed(router, { kind: "fault-raised", fault: "link-down" });
  }

  restoreLink(router: LanRouter): void {
    router.segment = 0;
    this.feed(router, { kind: "fault-cleared", fault: "link-down" });
  }

  feed(router: LanRouter, fact: VrrpFact | TimerExpired): void {
    if (!router.isUp) return;
    if (router.isFrozen) {
      if (fact.kind !== "timer-expired") router.inbox.push(fact);
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
    }
  }

  #hold(router: LanRouter, held: boolean): void {
    if (router.holds === held) return;
    router.holds = held;
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
    if (fact !== undefined) this.feed(router, fact);
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

/** What a router of this configuration puts on the LAN. */
export function advertBytes(config: VrrpConfig, priority: number, source: IpBytes): Uint8Array {
  const { version, vrid, adverIntervalMs } = config;
  const said = { vrid, priority, adverIntervalCs: adverIntervalMs / 10, addresses: [VIP] };
  const carrier = { source, destination: GROUP };
  return version === 3
    ? encodeVrrp({ version, ...said, checksum: "pseudo-header" }, carrier)
    : encodeVrrp({ version, ...said, auth: { type: "none" } }, carrier);
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const VIP = parseIp("10.0.0.100") as IpBytes;
const GROUP = parseIp("224.0.0.18") as IpBytes;
