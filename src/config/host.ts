/** The host that a configuration is for, as far as it is known: without it nothing is said of it. */
import type { Cidr } from "../core/addr.ts";
import type { PathPart } from "../core/path-part.ts";

export interface Host {
  readonly interfaces: ReadonlyMap<string, HostInterface>; // by name
  readonly users: ReadonlyMap<string, number>; // uid by name, of those that the configuration may mean
  /** By its name in the configuration the way to it, links followed; empty where PATH has none. */
  readonly programs: ReadonlyMap<string, readonly PathPart[]>;
}

export interface HostInterface {
  readonly mtu: number;
  readonly hasMulticast: boolean;
  readonly addresses: readonly Cidr[];
}
