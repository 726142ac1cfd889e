/** A link of the kernel that is none: its bytes both ways. */
import assert from "node:assert/strict";
import { parseMac } from "../../src/core/addr.ts";
import {
  hardwareAddress,
  nested,
  readAttributes,
  text,
  u32,
  writeAttributes,
} from "../../src/core/netlink/attributes.ts";
import { HostReader, HostWriter } from "../../src/core/netlink/host-bytes.ts";
import { decodeLink, type Link } from "../../src/core/netlink/rtnl-link.ts";

export interface FakeLink {
  readonly name: string;
  readonly ifIndex: number;
  readonly mac: string;
  readonly mtuBytes: number;
  readonly hardwareType: number;
  readonly up: boolean;
  readonly running: boolean;
  readonly multicast: boolean;
  readonly kind?: string;
  readonly alias?: string;
  readonly lowerIndex?: number;
}

/** What the kernel tells of it. */
export function encodeLink(link: FakeLink): Uint8Array {
  const w = new HostWriter().u8(0).u8(0).u16(link.hardwareType).u32(link.ifIndex);
  const flags = [
    link.up ? IFF.up : 0,
    link.running ? IFF.running : 0,
    link.multicast ? IFF.multicast : 0,
  ];
  w.u32(flags.reduce((sum, flag) => sum + flag)).u32(0xffffffff);
  const mac = parseMac(link.mac) ?? new Uint8Array();
  const { name, mtuBytes, kind, alias, lowerIndex } = link;
  const info = kind === undefined ? undefined : { kind };
  writeAttributes(w, IFLA, { mac, name, mtuBytes, info, alias, lowerIndex });
  return w.bytes();
}

/** The link that a request to make one describes. */
export function linkIn(body: Uint8Array): Link {
  const link = decodeLink(body);
  assert.ok(link.ok);
  return link.value;
}

/** What a request changes; it names the link by its index alone. */
export function changeIn(body: Uint8Array) {
  const r = new HostReader(body);
  r.skip(4);
  const [ifIndex, flags, mask] = [r.u32(), r.u32(), r.u32()];
  const { alias } = readAttributes(r, IFLA);
  return { ifIndex, alias, up: (flags & IFF.up) !== 0, setsUp: (mask & IFF.up) !== 0 };
}

/** Up and running. */
export const ETH0: FakeLink = {
  name: "eth0",
  ifIndex: 2,
  mac: "02:00:00:00:00:01",
  mtuBytes: 1500,
  hardwareType: 1,
  up: true,
  running: true,
  multicast: true,
};

const IFLA = {
  mac: hardwareAddress(1),
  name: text(3),
  mtuBytes: u32(4),
  lowerIndex: u32(5),
  info: nested(18, { kind: text(1) }),
  alias: text(20),
} as const;
const IFF = { up: 0x1, running: 0x40, multicast: 0x1000 } as const;
