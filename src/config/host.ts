/** The host that a configuration is for, as far as it is known: without it nothing is said of it. */
import type { Cidr } from "../core/addr.ts";

export interface Host {
  readonly interfaces: ReadonlyMap<string, HostInterface>; // by name
}

export interface HostInterface {
  readonly mtu: number;
  readonly hasMulticast: boolean;
  readonly addresses: readonly Cidr[];
}
