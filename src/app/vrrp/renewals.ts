/**
 * Renewals of leases: those of many routers go to the kernel together, for one request costs it as much as
 * ten in one datagram. A lease that may end so much later bears it.
 */
import { SystemError } from "../../core/errors.ts";
import type { NetlinkRequest } from "../../core/netlink/message.ts";
import type { Clock, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { VrrpConfig } from "../../proto/vrrp/config.ts";
import { leaseEndMs } from "../../proto/vrrp/lease.ts";
import { fastestTakeoverMs } from "../../proto/vrrp/times.ts";

interface Renewal {
  readonly requests: readonly NetlinkRequest[];
  readonly onRefused: () => void;
}

export class Renewals {
  readonly #clock: Clock;
  readonly #netlink: NetlinkSocket;
  readonly #waiting = new Map<object, Renewal>(); // by whose they are

  constructor({ clock }: Pick<Ports, "clock">, netlink: NetlinkSocket) {
    this.#clock = clock;
    this.#netlink = netlink;
  }

  /** Within a moment. @param onRefused any of them was: to be done without us, which says why */
  add(owner: object, requests: readonly NetlinkRequest[], onRefused: () => void): void {
    if (this.#waiting.size === 0) {
      this.#clock.at(this.#clock.nowMs() + RENEWAL_LAG_MS, () => this.#flush());
    }
    this.#waiting.set(owner, { requests, onRefused });
  }

  /** What waits would give back what is given up. */
  drop(owner: object): void {
    this.#waiting.delete(owner);
  }

  #flush(): void {
    const renewals = [...this.#waiting.values()];
    this.#waiting.clear();
    let refused: readonly boolean[];
    try {
      const answers = this.#netlink.transact(renewals.flatMap(({ requests }) => requests));
      refused = answers.map(({ refusal }) => refusal !== undefined);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      refused = [];
    }
    let at = 0;
    for (const { requests, onRefused } of renewals) {
      const own = refused.slice(at, at + requests.length);
      at += requests.length;
      if (own.length < requests.length || own.includes(true)) onRefused();
    }
  }
}

/** Whether a lease that ends a moment later still ends before any peer takes over. */
export const bearsLag = (config: VrrpConfig): boolean =>
  config.leaseS !== null && leaseEndMs(config.leaseS) + RENEWAL_LAG_MS <= fastestTakeoverMs(config);

const RENEWAL_LAG_MS = 50;
