/** What a bridge knows of multicast: IFLA_BR_* of linux/if_link.h, within IFLA_INFO_DATA of its link. */
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { nested, readAttributes, text, u8 } from "./attributes.ts";
import { HostReader } from "./host-bytes.ts";

export interface BridgeMulticast {
  readonly snooping: boolean; // sends a group only where somebody joined it
  readonly querier: boolean; // asks itself who has joined what
}

/**
 * Of the body of RTM_NEWLINK. Codes: `short`, `bad-NAME`, and `not-a-bridge` also for one of a kernel
 * without multicast snooping.
 */
export function decodeBridgeMulticast(body: Uint8Array): Decoded<BridgeMulticast> {
  return decodingWith("rtnl-bridge", new HostReader(body), (r) => {
    r.skip(LINK_HEADER_BYTES);
    const { info } = readAttributes(r, IFLA);
    const snooping = info?.data?.snooping;
    if (info?.kind !== "bridge" || snooping === undefined) return r.fail("not-a-bridge");
    return { snooping: snooping !== 0, querier: (info.data?.querier ?? 0) !== 0 };
  });
}

const LINK_HEADER_BYTES = 16; // struct ifinfomsg

/** IFLA_BR_MCAST_*, IFLA_INFO_*. Other kinds of links have other things under these numbers. */
const BRIDGE = { snooping: lenient(23), querier: lenient(25) } as const;
const IFLA = { info: nested(18, { kind: text(1), data: nested(2, BRIDGE) }) } as const;

function lenient(type: number) {
  return { ...u8(type), accepts: (length: number) => length >= 1 };
}
