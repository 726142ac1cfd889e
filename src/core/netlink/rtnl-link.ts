/** Network interfaces: struct ifinfomsg of linux/rtnetlink.h, IFLA_* of linux/if_link.h, IFF_* of linux/if.h. */
import type { MacBytes } from "../addr.ts";
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import {
  type AttrTable,
  type AttrValues,
  hardwareAddress,
  nested,
  raw,
  readAttributes,
  text,
  u8,
  u32,
  writeAttributes,
} from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";
import { RTM } from "./rtnl.ts";

/** An interface as the kernel shows it. */
export interface Link {
  readonly ifIndex: number; // s32, from 1
  readonly name: string; // up to 15 bytes
  readonly mac: MacBytes; // 6 bytes on Ethernet; other links have other lengths, or 0
  readonly mtuBytes: number;
  readonly hardwareType: number; // u16, ARPHRD_* of linux/if_arp.h; 1 = Ethernet
  readonly up: boolean; // set up by the administrator
  readonly carrier: boolean; // a cable, a peer, a port is there
  readonly running: boolean; // up, with carrier, and not waiting for anything (802.1X, a lower link)
  readonly loopback: boolean;
  readonly multicast: boolean;
  readonly noArp: boolean;
  readonly operState: OperState;
  readonly kind: string | null; // "veth", "macvlan", ...; null for hardware
  readonly alias: string | null; // free text, which `ip link` shows
  readonly masterIndex: number | null; // the bridge or bond that it is a port of
  readonly lowerIndex: number | null; // what it stands on; for a veth its peer, maybe in another namespace
}

/** ifOperStatus of RFC 2863. */
export type OperState = (typeof OPER_STATES)[number];

/** An interface to be made. `netnsFd` is an open file of the namespace that it is to live in. */
export type NewLink = LinkSettings & { readonly name: string } & (
    | { readonly kind: "bridge" | "dummy" }
    | { readonly kind: "macvlan"; readonly lowerIndex: number; readonly mode: MacvlanMode }
    | { readonly kind: "veth"; readonly peer: LinkSettings & { readonly name: string } }
  );

/** What can be set on an interface, new or old. */
export interface LinkSettings {
  readonly name?: string;
  readonly up?: boolean;
  readonly mac?: MacBytes;
  readonly mtuBytes?: number;
  readonly alias?: string; // up to 255 bytes; the kernel ignores it on a new link
  readonly masterIndex?: number; // 0 = none
  readonly netnsFd?: number;
}

export type MacvlanMode = keyof typeof MACVLAN_MODES;

/**
 * The body of RTM_NEWLINK or RTM_DELLINK. Codes: `short`, `no-name`, `bad-NAME`, and `other-family`
 * for what a bridge tells of its ports: a port that leaves its bridge is not a link that is gone.
 */
export function decodeLink(body: Uint8Array): Decoded<Link> {
  return decodingWith("rtnl-link", new HostReader(body), (r) => {
    if (r.u8() !== AF_UNSPEC) r.fail("other-family");
    r.skip(1);
    const [hardwareType, ifIndex, flags] = [r.u16(), r.u32(), r.u32()];
    r.skip(4); // mask of changes, always all ones
    const values = readAttributes(r, IFLA);
    return {
      ifIndex,
      name: values.name ?? r.fail("no-name"),
      mac: values.mac ?? new Uint8Array(),
      mtuBytes: values.mtuBytes ?? 0,
      hardwareType,
      up: (flags & IFF.up) !== 0,
      carrier: (flags & IFF.lowerUp) !== 0,
      running: (flags & IFF.running) !== 0,
      loopback: (flags & IFF.loopback) !== 0,
      multicast: (flags & IFF.multicast) !== 0,
      noArp: (flags & IFF.noArp) !== 0,
      operState: OPER_STATES[values.operState ?? 0] ?? "unknown",
      kind: values.info?.kind ?? null,
      alias: values.alias ?? null,
      masterIndex: values.masterIndex ?? null,
      lowerIndex: values.lowerIndex ?? null,
    };
  });
}

/** Asks for all interfaces. */
export function dumpLinks(): NetlinkRequest {
  return request(RTM.getLink, REQUEST_FLAGS.dump, 0, {}, { skip: SKIP_STATISTICS });
}

/** Asks for one interface; an unknown one is refused with ENODEV. */
export function getLink(
  by: { readonly name: string } | { readonly ifIndex: number },
): NetlinkRequest {
  const [ifIndex, name] = "name" in by ? [0, by.name] : [by.ifIndex, undefined];
  return request(RTM.getLink, 0, ifIndex, {}, { name, skip: SKIP_STATISTICS });
}

/** Makes an interface; a name in use is refused with EEXIST. */
export function createLink(link: NewLink): NetlinkRequest {
  return request(RTM.newLink, REQUEST_FLAGS.create | REQUEST_FLAGS.exclusive, 0, link, {
    ...settingsOf(link),
    lowerIndex: link.kind === "macvlan" ? link.lowerIndex : undefined,
    info: { kind: link.kind, data: kindData(link) },
  });
}

/** Changes an interface. */
export function setLink(ifIndex: number, settings: LinkSettings): NetlinkRequest {
  return request(RTM.newLink, 0, ifIndex, settings, settingsOf(settings));
}

export function deleteLink(ifIndex: number): NetlinkRequest {
  return request(RTM.deleteLink, 0, ifIndex, {}, {});
}

function request(
  type: number,
  flags: number,
  ifIndex: number,
  { up }: LinkSettings,
  values: AttrValues<typeof IFLA>,
): NetlinkRequest {
  const w = new HostWriter().u8(AF_UNSPEC).u8(0).u16(0).u32(ifIndex);
  w.u32(up ? IFF.up : 0).u32(up === undefined ? 0 : IFF.up);
  writeAttributes(w, IFLA, values);
  return { type, flags, body: w.bytes() };
}

const settingsOf = ({ name, mac, mtuBytes, alias, masterIndex, netnsFd }: LinkSettings) => ({
  name,
  mac,
  mtuBytes,
  alias,
  masterIndex,
  netnsFd,
});

function kindData(link: NewLink): Uint8Array | undefined {
  switch (link.kind) {
    case "veth":
      return attributes(VETH_INFO, { peer: settingsOf(link.peer) });
    case "macvlan":
      return attributes(MACVLAN_INFO, { mode: MACVLAN_MODES[link.mode] });
    default:
      return undefined;
  }
}

function attributes<Table extends AttrTable>(table: Table, values: AttrValues<Table>): Uint8Array {
  const w = new HostWriter();
  writeAttributes(w, table, values);
  return w.bytes();
}

/** IFLA_INFO_*. */
const INFO = {
  kind: text(1),
  data: raw(2), // attributes of the kind
} as const;

/** IFLA_*. */
const IFLA = {
  mac: hardwareAddress(1),
  lowerIndex: u32(5),
  name: text(3),
  mtuBytes: u32(4),
  masterIndex: u32(10),
  operState: u8(16),
  info: nested(18, INFO),
  alias: text(20),
  netnsFd: u32(28),
  skip: u32(29), // IFLA_EXT_MASK
} as const;

/** VETH_INFO_* of linux/veth.h: the peer, as a message of its own. */
const VETH_INFO = { peer: nested(1, IFLA, 16) } as const;

/** IFLA_MACVLAN_*. */
const MACVLAN_INFO = { mode: u32(1) } as const;

const MACVLAN_MODES = { private: 1, vepa: 2, bridge: 4, passthru: 8 } as const;

/** IF_OPER_*, by number. */
const OPER_STATES = [
  "unknown",
  "not-present",
  "down",
  "lower-layer-down",
  "testing",
  "dormant",
  "up",
] as const;

const IFF = {
  up: 0x1,
  loopback: 0x8,
  running: 0x40,
  noArp: 0x80,
  multicast: 0x1000,
  lowerUp: 0x10000,
} as const;

const AF_UNSPEC = 0;
const SKIP_STATISTICS = 8; // RTEXT_FILTER_SKIP_STATS: makes a dump a third of its size
