/** What `vrrp doctor` looks at before it concludes anything. */
import type { Family } from "../../core/addr.ts";
import type { BaseChain } from "../../core/netlink/nft-chains.ts";
import type { InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import type { BridgeMulticast } from "../../core/netlink/rtnl-bridge.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { SniffedAdvert } from "../sniff/sniffed-advert.ts";
import type { Suspect } from "../vrrp/suspects.ts";
import type { Speaker } from "./census.ts";

export interface DoctorFacts {
  readonly vrid: number | null; // the only one that is asked about
  readonly families: readonly Family[]; // those that are asked about, at least one
  readonly link: Link;
  /** Whose port the interface is: a bridge, a bond; null without. */
  readonly master: Pick<Link, "name" | "kind"> | null;
  readonly addresses: readonly InterfaceAddress[]; // of the interface
  readonly host: HostIdentity;
  readonly vmacs: readonly VmacFact[]; // on the interface
  readonly groups: Readonly<Record<Family, GroupFact>>;
  /** Some program had a socket of protocol 112 before we did: a router, whose interface is not told. */
  readonly routerHere: Readonly<Record<Family, boolean>>;
  readonly bridge: BridgeFact | null; // that the interface is, or is a port of
  readonly heard: HeardFact;
  /** By which interface the host reaches a source of adverts; null where it has no way. */
  readonly waysBack: ReadonlyMap<string, string | null>;
  /** A kernel setting by its path below /proc/sys. */
  readonly setting: (path: string) => string | undefined;
  readonly filter: FilterFact;
  readonly holdings: readonly HoldingFact[];
  readonly suspects: readonly Suspect[];
}

/** By what this host is known to others: of all its interfaces. */
export interface HostIdentity {
  readonly macs: ReadonlySet<string>;
  readonly ips: ReadonlySet<string>;
}

/** A macvlan with the virtual MAC address of some router. */
export interface VmacFact {
  readonly ifName: string;
  readonly mac: string;
}

export interface GroupFact {
  readonly joinedBefore: boolean | null; // by somebody here; null: the kernel's list cannot be read
  readonly refusal: string | null; // why we could not join it; null: joined, or not tried
  readonly refusalCode: string | null; // errno name
}

export interface BridgeFact extends BridgeMulticast {
  readonly name: string;
}

export interface HeardFact {
  /** What was listened for without the group, and with it. */
  readonly aloneMs: number;
  readonly joinedMs: number;
  readonly speakers: readonly Speaker[];
  readonly routers: readonly RouterFact[];
  readonly queries: Readonly<Record<Family, number>>; // of IGMP or MLD: somebody asks who listens
  readonly lost: number; // frames for which the kernel had no room
}

/** One virtual router, as an onlooker concludes. */
export interface RouterFact {
  readonly vrid: number;
  readonly family: Family;
  /** The strongest first; more than one is a split brain. */
  readonly masters: readonly MasterFact[];
  /** Who was heard and is not master any more. */
  readonly former: readonly MasterFact[];
}

export interface MasterFact {
  readonly last: Pick<SniffedAdvert, "source" | "priority" | "intervalMs" | "addresses"> & {
    readonly mac: string;
  };
  readonly here: boolean; // this host sends its adverts
}

export interface FilterFact {
  readonly chains: readonly BaseChain[] | null; // null: not allowed to ask, or no nf_tables
  readonly legacyTables: readonly string[]; // of iptables-legacy that are in use: "filter"
}

/** Who says that an address lives where. */
export interface HoldingFact {
  readonly family: Family;
  readonly vrid: number | null; // null: named by the user, and in no advert
  readonly ip: string;
  readonly macs: readonly string[]; // of those who answered, without this host
  readonly here: string | null; // the interface of this host that has it
}
