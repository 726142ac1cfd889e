/** The host that a configuration is for, as far as it is known: without it nothing is said of it. */
import type { Cidr } from "../core/addr.ts";
import type { PathPart } from "../core/path-part.ts";

export interface Host {
  readonly interfaces: ReadonlyMap<string, HostInterface>; // by name
  readonly users: Lookup<number> | null; // uid by name; null: not known, nor is what programs are run as
  /** By its name in the configuration the way to it, links followed; empty where PATH has none. */
  readonly programs: Lookup<readonly PathPart[]>;
  /** What runs there and takes addresses that it did not set from an interface. */
  readonly takersOn: (ifName: string) => readonly AddressTaker[];
}

export interface AddressTaker {
  readonly program: string; // "systemd-networkd"
  readonly remedy: string; // what to set, a clause
}

/** What is asked for when a rule wants to know it: undefined where there is none. */
export type Lookup<V> = Pick<ReadonlyMap<string, V>, "get">;

export interface HostInterface {
  readonly mtu: number;
  readonly hasMulticast: boolean;
  readonly addresses: readonly Cidr[];
}
