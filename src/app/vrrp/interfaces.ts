/** The interfaces of this host by their names: each is read once for all who follow it. */

import { isSameValue } from "../../core/same-value.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Clock, Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import { type Seen, Settling, type SettlingDelays } from "../../proto/ha/settling.ts";
import {
  type InterfaceHandlers,
  type InterfaceState,
  readInterface,
  watchInterface,
} from "./interface-watch.ts";
import type { KernelWatch } from "./kernel-watch.ts";
import type { Renewals } from "./renewals.ts";
import { type Retried, retried } from "./retried.ts";
import { Rivals } from "./vmac-rivals.ts";

/** How long a link has to be up or down before it counts, by interface; without a delay at once. */
export type LinkDelays = ReadonlyMap<string, SettlingDelays>;

interface Followed {
  readonly watch: KernelWatch;
  readonly followers: Set<Retried>;
  link: SettledLink | undefined;
  state: InterfaceState | undefined; // when it was read last
}

export class Interfaces {
  /** Who has the virtual MAC address of a router. */
  readonly rivals: Rivals;
  /** Of the leases of all; undefined: each router sees to its own. */
  readonly renewals: Renewals | undefined;
  readonly #ports: Pick<Ports, "watchNetlink" | "clock">;
  readonly #netlink: NetlinkSocket;
  #delays: LinkDelays;
  readonly #followed = new Map<string, Followed>();

  constructor(
    ports: Pick<Ports, "watchNetlink" | "clock">,
    netlink: NetlinkSocket,
    delays: LinkDelays = new Map(),
    renewals?: Renewals,
  ) {
    this.#delays = delays;
    this.#ports = ports;
    this.#netlink = netlink;
    this.rivals = new Rivals(ports, netlink);
    this.renewals = renewals;
  }

  /** By these from now on: a link is up or down then until it has settled anew. */
  delay(delays: LinkDelays): void {
    const former = this.#delays;
    this.#delays = delays;
    for (const [ifName, followed] of this.#followed) {
      if (isSameValue(former.get(ifName), delays.get(ifName))) continue;
      followed.link?.close();
      followed.link = this.#settle(ifName, followed.followers);
      for (const follower of followed.followers) follower.run();
    }
  }

  /** As it was read last where somebody follows it: what is newer is told. @throws SystemError */
  stateOf(ifName: string): InterfaceState {
    const followed = this.#followed.get(ifName);
    const state = followed?.state ?? readInterface(this.#netlink, ifName);
    if (followed !== undefined) followed.state = state;
    return followed?.link?.settled(state) ?? state;
  }

  /** Tells of every change from now on, and of the state as it is then. */
  follow(ifName: string, { onChange, onTrouble }: InterfaceHandlers): KernelWatch {
    const followed = this.#followed.get(ifName) ?? this.#begin(ifName);
    const follower = retried(this.#ports.clock, () => onChange(this.stateOf(ifName)), onTrouble);
    followed.followers.add(follower);
    return {
      readNow: () => {
        followed.state = undefined;
        follower.run();
      },
      close: () => {
        follower.close();
        followed.followers.delete(follower);
        if (followed.followers.size > 0 || this.#followed.get(ifName) !== followed) return;
        followed.watch.close();
        followed.link?.close();
        this.#followed.delete(ifName);
      },
    };
  }

  #begin(ifName: string): Followed {
    const followers = new Set<Retried>();
    const watch = watchInterface(this.#ports, this.#netlink, ifName, {
      onChange: (state) => {
        followed.state = state;
        followed.link?.see(state);
        for (const follower of followers) follower.run();
      },
      onTrouble: () => {
        followed.state = undefined;
        for (const follower of followers) follower.run(); // each reads, and tells why it cannot
      },
    });
    const link = this.#settle(ifName, followers);
    const followed: Followed = { watch, followers, link, state: undefined };
    this.#followed.set(ifName, followed);
    return followed;
  }

  #settle(ifName: string, followers: ReadonlySet<Retried>): SettledLink | undefined {
    const delays = this.#delays.get(ifName);
    const onSettled = (): void => {
      for (const follower of followers) follower.run();
    };
    return delays && new SettledLink(delays, this.#ports.clock, onSettled);
  }
}

/** A link that counts as up or down when it has been so for a while. One that is gone is gone at once. */
class SettledLink implements Closable {
  readonly #driver: Driver<Seen>;
  #isUp: boolean | undefined;

  constructor(delays: SettlingDelays, clock: Clock, onSettled: () => void) {
    this.#driver = drive(new Settling(delays), clock, ({ isUp }) => {
      this.#isUp = isUp;
      onSettled();
    });
  }

  see({ link }: InterfaceState): void {
    if (link !== undefined) this.#driver.feed({ kind: "seen", isUp: link.up && link.running });
  }

  /** The state with the link as it counts. */
  settled(state: InterfaceState): InterfaceState {
    if (this.#isUp === undefined) this.see(state);
    const { link } = state;
    if (link === undefined || this.#isUp === (link.up && link.running)) return state;
    const counts = this.#isUp === true ? { up: true, running: true } : { running: false };
    return { ...state, link: { ...link, ...counts } };
  }

  close(): void {
    this.#driver.stop();
  }
}
