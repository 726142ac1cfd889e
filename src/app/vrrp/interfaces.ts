/** The interfaces of this host by their names: each is read once for all who follow it. */
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import {
  type InterfaceHandlers,
  type InterfaceState,
  readInterface,
  watchInterface,
} from "./interface-watch.ts";
import type { KernelWatch } from "./kernel-watch.ts";
import { type Retried, retried } from "./retried.ts";

interface Followed {
  readonly watch: KernelWatch;
  readonly followers: Set<Retried>;
  state: InterfaceState | undefined; // when it was read last
}

export class Interfaces {
  readonly #ports: Pick<Ports, "watchNetlink" | "clock">;
  readonly #netlink: NetlinkSocket;
  readonly #followed = new Map<string, Followed>();

  constructor(ports: Pick<Ports, "watchNetlink" | "clock">, netlink: NetlinkSocket) {
    this.#ports = ports;
    this.#netlink = netlink;
  }

  /** As it was read last where somebody follows it: what is newer is told. @throws SystemError */
  stateOf(ifName: string): InterfaceState {
    const followed = this.#followed.get(ifName);
    const state = followed?.state ?? readInterface(this.#netlink, ifName);
    if (followed !== undefined) followed.state = state;
    return state;
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
        this.#followed.delete(ifName);
      },
    };
  }

  #begin(ifName: string): Followed {
    const followers = new Set<Retried>();
    const watch = watchInterface(this.#ports, this.#netlink, ifName, {
      onChange: (state) => {
        followed.state = state;
        for (const follower of followers) follower.run();
      },
      onTrouble: () => {
        followed.state = undefined;
        for (const follower of followers) follower.run(); // each reads, and tells why it cannot
      },
    });
    const followed: Followed = { watch, followers, state: undefined };
    this.#followed.set(ifName, followed);
    return followed;
  }
}
