/** What a virtual router tells, and is told, from beside its own election. */
import type { NewAddress } from "../../core/netlink/rtnl-address.ts";
import type { VrrpCompany } from "../../proto/vrrp/config.ts";
import type { VrrpFact } from "../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "./events.ts";
import type { InterfaceState } from "./interface-watch.ts";
import type { Interfaces } from "./interfaces.ts";

/** Who is told what it does. */
export interface RouterWitness {
  readonly emit: (event: VrrpEvent) => void;
  /** Gets each state of an interface. */
  readonly onLook?: (ifName: string, state: InterfaceState) => void;
  /** Its machine was told something: what it says of itself may be another thing now. */
  readonly onTold?: () => void;
  /** As MASTER it has heard a lower priority, which changes nothing. */
  readonly onLower?: () => void;
  /** Of a sync group it waits to be told to lead. */
  readonly company?: VrrpCompany;
  /** Those that other routers of this process follow too. */
  readonly interfaces?: Interfaces;
  /** The process before this one was it until just now: what it left is taken over. */
  readonly wasMaster?: boolean;
}

/** Addresses that the kernel takes away unless they are renewed. */
export interface AddressLease {
  readonly addresses: readonly NewAddress[];
  readonly renewedMs: number;
}

/** Of those facts that come from beside it. */
export type OutsideFact = Extract<
  VrrpFact,
  { kind: "fault-raised" | "fault-cleared" | "told-to-lead" | "told-to-follow" }
>;
