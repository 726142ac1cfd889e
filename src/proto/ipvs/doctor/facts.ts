/** What `ipvs doctor` looks at before it concludes anything. */
import type { Family, IpBytes } from "../../../core/addr.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../../core/netlink/ipvs-daemon.ts";
import type { Link } from "../../../core/netlink/rtnl-link.ts";
import type { VirtualService } from "../table.ts";

export interface IpvsFacts {
  readonly services: readonly VirtualService[]; // in the kernel's order
  readonly timeouts: IpvsTimeouts;
  readonly daemons: readonly IpvsDaemon[];
  readonly release: KernelRelease | null; // null: not known
  /** A kernel setting by its path below /proc/sys. */
  readonly setting: (path: string) => string | undefined;
  readonly links: readonly Link[];
  /** To each address of the table, as text; null where the host has none. */
  readonly ways: ReadonlyMap<string, Way | null>;
  /** The interface of the default route. */
  readonly waysOut: Readonly<Record<Family, string | null>>;
  /** Addresses of this host, each with the name of its interface. */
  readonly places: ReadonlyMap<string, string>;
  readonly answers: readonly AnswerFact[];
}

export type KernelRelease = readonly [major: number, minor: number];

export interface Way {
  readonly ifName: string;
  readonly gateway: IpBytes | null; // null: a neighbour
  readonly isLocal: boolean; // delivered on this host
  readonly mtuBytes: number;
}

/** Who was asked on one link, for the virtual addresses that go there by direct routing. */
export interface AnswerFact {
  readonly ifName: string;
  readonly refusal: string | null; // why nobody could be asked
  readonly vips: readonly AskedVip[];
  /** Of each real server on the link the MAC addresses that answer for its own address. */
  readonly servers: ReadonlyMap<string, readonly string[]>;
  readonly unasked: number; // addresses beyond the limit
}

export interface AskedVip {
  readonly ip: string;
  readonly servers: readonly string[]; // addresses of its real servers on this link
  readonly macs: readonly string[]; // of those who answer for it, without this host
}
