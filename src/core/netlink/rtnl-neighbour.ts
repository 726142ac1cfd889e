/** The neighbour cache (ARP and NDP): struct ndmsg, NDA_* and NUD_* of linux/neighbour.h. */
import { type Family, familyOf, type IpBytes, type MacBytes } from "../addr.ts";
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { hardwareAddress, ip, readAttributes, u32, writeAttributes } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";
import { addressFamily, RTM, readFamily } from "./rtnl.ts";

/** What the kernel knows of one neighbour. */
export interface Neighbour {
  readonly ifIndex: number; // s32
  readonly ip: IpBytes;
  readonly mac: MacBytes | null; // null while it is asked for, or after that failed
  readonly state: NeighbourState;
  readonly router: boolean; // IPv6: said so itself
}

export type NeighbourState = keyof typeof NUD;

/** What picks out one neighbour. */
export type NeighbourKey = Pick<Neighbour, "ifIndex" | "ip">;

/** The body of RTM_NEWNEIGH or RTM_DELNEIGH. Codes: `short`, `other-family`, `no-address`, `bad-NAME`. */
export function decodeNeighbour(body: Uint8Array): Decoded<Neighbour> {
  return decodingWith("rtnl-neighbour", new HostReader(body), (r) => {
    readFamily(r);
    r.skip(3);
    const [ifIndex, nud, flags] = [r.u32(), r.u16(), r.u8()];
    r.skip(1); // type: unicast, multicast, ...
    const values = readAttributes(r, NDA);
    return {
      ifIndex,
      ip: values.ip ?? r.fail("no-address"),
      mac: values.mac ?? null,
      state: stateOf(nud),
      router: (flags & NTF_ROUTER) !== 0,
    };
  });
}

/** Asks for all neighbours, or those of one family or interface. */
export function dumpNeighbours(of: { family?: Family; ifIndex?: number } = {}): NetlinkRequest {
  const w = new HostWriter().u8(addressFamily(of.family)).zeros(11);
  writeAttributes(w, NDA, { onlyIfIndex: of.ifIndex });
  return { type: RTM.getNeighbour, flags: REQUEST_FLAGS.dump, body: w.bytes() };
}

/** Adds a neighbour or overwrites what is known of it. */
export function replaceNeighbour(
  neighbour: NeighbourKey & { readonly mac: MacBytes; readonly state: NeighbourState },
): NetlinkRequest {
  const flags = REQUEST_FLAGS.create | REQUEST_FLAGS.replace;
  return { type: RTM.newNeighbour, flags, body: neighbourBody(neighbour, neighbour) };
}

/** Removes a neighbour; one that is not there is refused with ENOENT. */
export function deleteNeighbour(key: NeighbourKey): NetlinkRequest {
  return { type: RTM.deleteNeighbour, flags: 0, body: neighbourBody(key, { state: "none" }) };
}

function neighbourBody(
  key: NeighbourKey,
  known: { readonly mac?: MacBytes; readonly state: NeighbourState },
): Uint8Array {
  const w = new HostWriter().u8(addressFamily(familyOf(key.ip))).zeros(3);
  w.u32(key.ifIndex).u16(NUD[known.state]).u8(0).u8(0);
  writeAttributes(w, NDA, { ip: key.ip, mac: known.mac });
  return w.bytes();
}

/** One bit is ever set; a number of a later kernel is `none`. */
const stateOf = (nud: number): NeighbourState =>
  (Object.keys(NUD) as NeighbourState[]).find((state) => NUD[state] === nud) ?? "none";

/** NDA_*. */
const NDA = {
  ip: ip(1),
  mac: hardwareAddress(2),
  onlyIfIndex: u32(8), // NDA_IFINDEX, in dump requests
} as const;

/** NUD_*. */
const NUD = {
  none: 0,
  incomplete: 0x01,
  reachable: 0x02,
  stale: 0x04,
  delay: 0x08,
  probe: 0x10,
  failed: 0x20,
  noarp: 0x40,
  permanent: 0x80,
} as const;

const NTF_ROUTER = 0x80;
