/** The parent keeps the addresses of routers whose process is silent or being replaced. */
import { SystemError } from "../../../../core/errors.ts";
import { NETLINK_ROUTE } from "../../../../core/netlink/rtnl.ts";
import { type NewAddress, replaceAddress } from "../../../../core/netlink/rtnl-address.ts";
import type { Cancel, Closable, NetlinkSocket, Ports } from "../../../../io/ports.ts";
import { type KeptLease, prolongedS } from "../../../../proto/ha/lease-custody.ts";
import type { VrrpConfig } from "../../../../proto/vrrp/config.ts";
import { withLifetime } from "../../../vrrp/new-address.ts";
import type { RouterLease } from "../messages.ts";
import type { HaPlan } from "../plan/plan.ts";

interface Kept extends KeptLease {
  readonly addresses: readonly NewAddress[];
  untilMs: number;
  isOurs: boolean; // its own process does not renew it now
}

export class LeaseCustody implements Closable {
  readonly #ports: Pick<Ports, "openNetlink" | "clock">;
  #configs: ReadonlyMap<string, VrrpConfig>; // by instance
  readonly #onTrouble: (text: string) => void;
  readonly #kept = new Map<string, Kept>(); // by instance
  #netlink: NetlinkSocket | undefined;
  #cancel: Cancel = () => {};

  constructor(
    plan: HaPlan,
    ports: Pick<Ports, "openNetlink" | "clock">,
    onTrouble: (text: string) => void,
  ) {
    this.#ports = ports;
    this.#onTrouble = onTrouble;
    this.#configs = configsOf(plan);
  }

  /** By this plan from now on. */
  go(plan: HaPlan): void {
    this.#configs = configsOf(plan);
    for (const name of this.#kept.keys()) if (!this.#configs.has(name)) this.drop(name);
  }

  /** Its own process has renewed it. */
  note({ instance, addresses, renewedMs }: RouterLease): void {
    const pace = this.#configs.get(instance);
    if (pace === undefined || pace.leaseS === null || addresses.length === 0) this.drop(instance);
    else {
      const untilMs = renewedMs + pace.leaseS * 1000;
      this.#kept.set(instance, { pace, addresses, renewedMs, untilMs, isOurs: false });
    }
  }

  /** It is MASTER no more. */
  drop(instance: string): void {
    this.#kept.delete(instance);
  }

  /** The process of all is silent, or has ended: until it speaks, or its successor renews them. */
  begin(): void {
    for (const kept of this.#kept.values()) kept.isOurs = true;
    this.#prolong();
  }

  /** It speaks again. */
  end(): void {
    for (const kept of this.#kept.values()) kept.isOurs = false;
    this.#cancel();
  }

  close(): void {
    this.#cancel();
    this.#kept.clear();
    this.#netlink?.close();
    this.#netlink = undefined;
  }

  /** Again and again: leases of whole seconds reach further the later they begin. */
  #prolong(): void {
    this.#cancel();
    const nowMs = this.#ports.clock.nowMs();
    const requests = [...this.#kept.values()].flatMap((kept) => {
      const leaseS = kept.isOurs ? prolongedS(kept, nowMs) : undefined;
      if (leaseS === undefined) return [];
      kept.untilMs = nowMs + leaseS * 1000;
      return kept.addresses.map((address) => replaceAddress(withLifetime(address, leaseS)));
    });
    try {
      this.#netlink ??= this.#ports.openNetlink(NETLINK_ROUTE);
      if (requests.length > 0) this.#netlink.transact(requests);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#onTrouble(error.message);
      return;
    }
    const isOver = ({ isOurs, untilMs }: Kept): boolean => !isOurs || untilMs <= nowMs;
    if ([...this.#kept.values()].every(isOver)) return;
    this.#cancel = this.#ports.clock.at(nowMs + PAUSE_MS, () => this.#prolong());
  }
}

const configsOf = ({ routers }: HaPlan): ReadonlyMap<string, VrrpConfig> =>
  new Map(routers.map(({ instance }) => [instance.name, instance.config]));

const PAUSE_MS = 50;
