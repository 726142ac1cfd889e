/**
 * Somebody who looks on at a LAN: takes captured packets, says what each of them is and whether
 * receivers believe it, and tells what changes. Time is that of the packets.
 */
import { formatIp, formatMac } from "../../core/addr.ts";
import type { CapturePacket } from "../../core/capture/packet.ts";
import { dissect } from "../../core/dissect/frame.ts";
import { FrameMemo } from "../../core/dissect/frame-memo.ts";
import { directionOf, interfaceIndexOf } from "../../core/dissect/link-layer.ts";
import type { SeenCarp, SeenClaim, SeenVrrp } from "../../core/dissect/seen.ts";
import { NEVER } from "../machine.ts";
import { defaultWindowMs, type HmacSettings, HmacVerifier } from "../vrrp/hmac.ts";
import type { Change, Happening } from "./change.ts";
import { hmacFlaw } from "./hmac-flaw.ts";
import type { Reason } from "./reason.ts";
import type { AdvertSighting, Sighting } from "./sighting.ts";
import { readSniffed } from "./sniffed-advert.ts";
import { type Crowd, VirtualRouter } from "./virtual-router.ts";

export interface ObserverOptions {
  /** Which virtual routers are looked at; others are as if they were not there. */
  readonly wants: (vrid: number, family: 4 | 6) => boolean;
  readonly hmac: HmacSettings | null; // to verify signed adverts
  readonly onChange: (change: Change) => void;
}

export class Observer {
  readonly #options: ObserverOptions;
  readonly #routers = new Map<string, VirtualRouter>();
  readonly #crowd: Crowd = { speakers: 0 };
  readonly #memo = new FrameMemo<AdvertSighting>();
  /** Virtual addresses that were advertised, at most MAX_ADDRESSES: most claims are of others. */
  readonly #addresses = new Set<string>();
  #deadlineMs = NEVER;
  nowMs = 0; // of the last packet or tick, never behind

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /** In the order in which they were first heard. */
  get routers(): IterableIterator<VirtualRouter> {
    return this.#routers.values();
  }

  /** Milliseconds since 1970 at which `tick` is to be called. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** @returns undefined for what is none of ours; the same object again for what was said before */
  hear(packet: CapturePacket): Sighting | undefined {
    const atMs = wallMsOf(packet);
    if (atMs > this.nowMs) this.nowMs = atMs;
    if (this.nowMs >= this.#deadlineMs) this.tick(this.nowMs);
    const known = this.#memo.find(packet);
    if (known !== undefined) return this.#hearAgain(known);
    const seen = dissect(packet);
    switch (seen?.kind) {
      case undefined:
        return undefined;
      case "vrrp":
        return this.#hearAdvert(seen, packet);
      case "carp":
        return this.#options.wants(seen.vhid, seen.family) ? carpSighting(seen, packet) : undefined;
      case "claim":
        return this.#hearClaim(seen, packet);
      case "broken": {
        const reasons = [{ code: "short", level: "bad", text: seen.code } as const];
        return { kind: "broken", segment: segmentOf(packet, seen.vlans), seen, reasons };
      }
    }
  }

  /** Time went on without a packet. */
  tick(atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    this.#deadlineMs = NEVER;
    for (const router of this.#routers.values()) {
      // To ask each of its speakers would be most of the work where forged ones are many.
      if (this.nowMs >= router.dueMs) {
        this.#tell(router, router.tick(this.nowMs));
        router.dueMs = router.deadlineMs;
      }
      this.#deadlineMs = Math.min(this.#deadlineMs, router.dueMs);
    }
  }

  #hearAgain(sighting: AdvertSighting): AdvertSighting {
    const { router, speaker } = sighting;
    if (sighting.epoch === router.epoch && speaker?.claim === "master")
      router.repeat(speaker, this.nowMs);
    else this.#conclude(sighting, []);
    return sighting;
  }

  #hearAdvert(seen: SeenVrrp, packet: CapturePacket): AdvertSighting | undefined {
    const { vrrp, family } = seen;
    if (!this.#options.wants(vrrp.vrid, family)) return undefined;
    const segment = segmentOf(packet, seen.vlans);
    const { advert, flaws } = readSniffed(seen, segment);
    const router = this.#routerOf(advert);
    const unproved = hmacFlaw(router.verifier, seen, this.nowMs);
    const sighting: AdvertSighting = {
      kind: "advert",
      segment,
      direction: directionOf(packet),
      advert,
      router,
      speaker: null,
      reasons: [],
      epoch: -1,
      revision: 0,
    };
    const all = unproved === undefined ? flaws : [...flaws, unproved];
    this.#conclude(sighting, all);
    if (all.length === 0 && vrrp.trailer.length === 0) this.#memo.remember(packet, sighting);
    return sighting;
  }

  #conclude(sighting: AdvertSighting, flaws: readonly Reason[]): void {
    const { router, advert, direction } = sighting;
    const { speaker, reasons, happenings } = router.hear(advert, flaws, direction, this.nowMs);
    sighting.speaker = speaker;
    sighting.reasons = reasons;
    sighting.epoch = reasons.some(({ code }) => code === "mac-changed") ? -1 : router.epoch;
    sighting.revision += 1;
    router.dueMs = router.deadlineMs;
    this.#deadlineMs = Math.min(this.#deadlineMs, router.dueMs);
    this.#tell(router, happenings);
    if (speaker === null || this.#addresses.size >= MAX_ADDRESSES) return;
    for (const address of advert.addresses) this.#addresses.add(address);
  }

  /** Of an address that a virtual router of the segment has. */
  #hearClaim(seen: SeenClaim, packet: CapturePacket): Sighting | undefined {
    const [segment, address] = [segmentOf(packet, seen.vlans), formatIp(seen.ip)];
    if (!this.#addresses.has(address)) return undefined;
    for (const router of this.#routers.values()) {
      if (router.segment !== segment || router.family !== seen.family) continue;
      const { masters } = router.contention;
      const isOf = [...router.speakers.values()].some(({ advert }) =>
        advert.addresses.includes(address),
      );
      if (!isOf) continue;
      const mac = formatMac(seen.mac);
      const virtual = `00:00:5e:00:0${router.family === 4 ? 1 : 2}:${router.vrid.toString(16).padStart(2, "0")}`;
      const isMasters = mac === virtual || masters.some(({ advert }) => advert.sourceMac === mac);
      // While nobody is master, whoever takes over may announce before its first advert.
      if (isMasters || masters.length === 0)
        return { kind: "claim", segment, seen, router, reasons: [] };
      const master = masters[0]?.advert;
      const text = `${address} claimed by ${mac}, master is ${master?.source} (${master?.sourceMac})`;
      this.#tell(router, [{ kind: "claimed", address, mac }]);
      return {
        kind: "claim",
        segment,
        seen,
        router,
        reasons: [{ code: "address-claimed", level: "warn", text }],
      };
    }
    return undefined;
  }

  #routerOf(advert: AdvertSighting["advert"]): VirtualRouter {
    const key = `${advert.vrid} ${advert.family} ${advert.segment}`;
    const known = this.#routers.get(key);
    if (known !== undefined) return known;
    const { hmac } = this.#options;
    const windowMs = defaultWindowMs(advert.intervalMs);
    const router = new VirtualRouter(
      advert,
      hmac === null ? null : new HmacVerifier({ ...hmac, windowMs }),
      this.#crowd,
    );
    if (this.#routers.size >= MAX_ROUTERS) this.#forgetOne();
    this.#routers.set(key, router);
    return router;
  }

  /** One without a master if there is one, or else the first. */
  #forgetOne(): void {
    let oldest: string | undefined;
    for (const [key, router] of this.#routers) {
      oldest ??= key;
      if (router.master !== undefined) continue;
      oldest = key;
      break;
    }
    if (oldest === undefined) return;
    this.#crowd.speakers -= this.#routers.get(oldest)?.speakers.size ?? 0;
    this.#routers.delete(oldest);
    this.#memo.clear();
  }

  #tell({ segment, vrid, family }: VirtualRouter, happenings: readonly Happening[]): void {
    for (const happening of happenings) {
      this.#options.onChange({ segment, vrid, family, atMs: this.nowMs, ...happening });
    }
  }
}

/** To the microsecond, as it is printed too: finer is beyond a number of milliseconds. */
export const wallMsOf = ({ seconds, nanoseconds }: CapturePacket): number =>
  seconds * 1000 + Math.floor(nanoseconds / 1000) / 1000;

const carpSighting = (seen: SeenCarp, packet: CapturePacket): Sighting => ({
  kind: "carp",
  segment: segmentOf(packet, seen.vlans),
  seen,
  reasons:
    seen.checksumOk !== false ? [] : [{ code: "bad-checksum", level: "bad", text: "checksum bad" }],
});

function segmentOf(packet: CapturePacket, vlans: readonly number[]): string {
  const index = packet.interfaceName === "" ? interfaceIndexOf(packet) : undefined;
  const interfaceName = index === undefined ? packet.interfaceName : `if${index}`;
  return [
    ...(interfaceName === "" ? [] : [interfaceName]),
    ...vlans.map((id) => `vlan ${id}`),
  ].join(" ");
}

const MAX_ROUTERS = 4096;
const MAX_ADDRESSES = 8192;
