/**
 * What a frame turns out to be for somebody who only looks on: everything that can be read of it, also
 * where a receiver would have thrown it away.
 */
import type { Family, IpBytes, MacBytes } from "../addr.ts";

export type Seen = SeenVrrp | SeenCarp | SeenClaim | SeenBroken;

/** How it came. */
interface Link {
  readonly vlans: readonly number[]; // outermost first
  readonly sourceMac: MacBytes | null; // null: the link has none
  readonly destinationMac: MacBytes | null;
}

interface Travel extends Link {
  readonly family: Family;
  readonly source: IpBytes;
  readonly destination: IpBytes;
  readonly ttl: number; // TTL or hop limit
  readonly authenticated: boolean; // an IP authentication header (AH) stands before the message
  /** What is wrong with the IP header: "bad-ip-checksum", "bad-ip-length". */
  readonly ipFlaws: readonly string[];
}

export interface SeenVrrp extends Travel {
  readonly kind: "vrrp";
  readonly message: Uint8Array; // a copy of all that the IP packet carries, as far as it was captured
  readonly vrrp: VrrpDissection;
}

/** CARP of OpenBSD: the same protocol number as VRRP, another protocol. */
export interface SeenCarp extends Travel {
  readonly kind: "carp";
  readonly vhid: number; // u8
  readonly advskew: number; // u8
  readonly advbase: number; // u8, seconds
  readonly checksumOk: boolean | null; // null where not all of it was captured
}

/** Somebody says that an address is at a MAC address: ARP or neighbour discovery. */
export interface SeenClaim extends Link {
  readonly kind: "claim";
  readonly family: Family;
  readonly ip: IpBytes;
  readonly mac: MacBytes;
  /** A gratuitous one tells everybody, an answer one neighbour, a question only mentions it. */
  readonly manner: "gratuitous" | "answer" | "question";
}

/** Protocol 112 that cannot be read on. */
export interface SeenBroken extends Link {
  readonly kind: "broken";
  readonly family: Family;
  readonly source: IpBytes | null;
  readonly destination: IpBytes | null;
  /**
   * "short" (cut before the VRRP header ends), "fragment", "too-many-extensions", "bad-ip-header" (an
   * IPv4 header that says it is shorter than it can be).
   */
  readonly code: string;
}

/** The fields of a VRRP message of any version as they stand; total, nothing is judged. */
export interface VrrpDissection {
  readonly version: number; // u4
  readonly type: number; // u4
  readonly vrid: number; // u8
  readonly priority: number; // u8
  readonly addressCount: number; // u8, as claimed
  readonly intervalMs: number; // whole seconds before version 3, else centiseconds of 12 bits
  readonly authType: number | null; // u8; null from version 3 on
  readonly authData: Uint8Array | null; // up to 8 bytes behind the addresses, before version 3
  readonly checksum: ChecksumVerdict;
  readonly addresses: readonly IpBytes[]; // those that are there as a whole
  readonly trailer: Uint8Array; // what stands behind all that it says it has; mostly empty
  readonly missingBytes: number; // what it says it has and has not
  readonly cutBytes: number; // what it had on the wire and was not captured
}

export interface ChecksumVerdict {
  readonly value: number; // u16, as it stands
  /** Over the VRRP bytes alone; null where not all of them were captured. */
  readonly bare: boolean | null;
  /** With the pseudo-header of its IP version; null likewise, and before version 3 over IPv4. */
  readonly pseudoHeader: boolean | null;
}
