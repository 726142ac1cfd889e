/** The host that a configuration is for, as far as it is known: without it nothing is said of it. */
import type { Cidr } from "../core/addr.ts";
import type { PathPart } from "../core/path-part.ts";

export interface Host {
  readonly interfaces: ReadonlyMap<string, HostInterface>; // by name
  readonly users: Lookup<number> | null; // uid by name; null: not known, nor is what programs are run as
  /** By its name in the configuration the way to it, links followed; empty where PATH has none; null: not known. */
  readonly programs: Lookup<readonly PathPart[]> | null;
  readonly networkd: Networkd | null; // null: it does not run
}

/** What is asked for when a rule wants to know it: undefined where there is none. */
export type Lookup<V> = Pick<ReadonlyMap<string, V>, "get">;

export interface HostInterface {
  readonly mtu: number;
  readonly hasMulticast: boolean;
  readonly addresses: readonly Cidr[];
  readonly manager: AddressManager | null; // null: whoever sets an address there takes it away
}

/** A daemon that may take away addresses which it did not set. */
export interface AddressManager {
  readonly daemon: "systemd-networkd" | "NetworkManager";
  readonly file: string | null; // the .network file of systemd-networkd for the interface
  readonly keepsAddresses: boolean; // it is told to leave them
}

/** What systemd-networkd takes away wherever it is, unless it set it itself. */
export interface Networkd {
  readonly dropsRoutes: boolean;
  readonly dropsRules: boolean;
}
