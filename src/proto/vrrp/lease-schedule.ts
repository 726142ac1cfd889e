/**
 * When a MASTER renews the lease of its addresses: with its adverts, so that the address of a router
 * that died ends as long after its last advert as its peers count from it.
 */
import { NEVER } from "../machine.ts";
import type { VrrpConfig } from "./config.ts";
import type { HoldAddresses, VrrpCause } from "./facts.ts";
import { fastestTakeoverMs } from "./times.ts";

export class LeaseSchedule {
  readonly #config: VrrpConfig;
  #spokeMs = 0;
  #renewedMs = 0;
  #deadlineMs = NEVER;

  constructor(config: VrrpConfig) {
    this.#config = config;
  }

  /** Of a hand-over alone: before it, adverts keep the time. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** The addresses were just added, and an advert says so. */
  start(nowMs: number): void {
    this.#spokeMs = nowMs;
    this.#renewedMs = nowMs;
    this.#deadlineMs = NEVER;
  }

  stop(): void {
    this.#deadlineMs = NEVER;
  }

  /** Goes behind an advert, not before it: who dies between the two shall lose the address early. */
  followAdvert(nowMs: number): HoldAddresses[] {
    this.#spokeMs = nowMs;
    return nowMs < this.#renewedMs + PAUSE_MS ? [] : this.#renew(nowMs);
  }

  /** From now on no advert is sent, and the addresses must live until somebody else's is heard. */
  handOver(nowMs: number): HoldAddresses[] {
    const { leaseS } = this.#config;
    if (leaseS !== null) this.#deadlineMs = nowMs + (leaseS * 1000) / 2;
    return this.#renew(nowMs);
  }

  runTimers(nowMs: number): HoldAddresses[] {
    return nowMs < this.#deadlineMs ? [] : this.handOver(nowMs);
  }

  /** Set when we did not run for so long that the lease is over and a peer may have taken over. */
  overslept(nowMs: number): VrrpCause | undefined {
    const { leaseS } = this.#config;
    if (leaseS === null) return undefined;
    const silentMs = nowMs - this.#spokeMs;
    if (silentMs < leaseS * 1000) return undefined; // asked at every fact: mostly that is all
    const limitMs = Math.max(leaseS * 1000, fastestTakeoverMs(this.#config));
    return silentMs < limitMs ? undefined : { kind: "overslept", silentMs, limitMs };
  }

  #renew(nowMs: number): HoldAddresses[] {
    if (this.#config.leaseS === null) return [];
    this.#renewedMs = nowMs;
    return [{ kind: "hold-addresses", held: true }];
  }
}

const PAUSE_MS = 300; // at short intervals not every advert is worth a netlink request
