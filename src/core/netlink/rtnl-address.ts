/** Addresses of interfaces: struct ifaddrmsg and IFA_* of linux/if_addr.h. */
import { type Cidr, type Family, familyOf, type IpBytes, sameIp } from "../addr.ts";
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { type AttrRow, ip, readAttributes, text, u8, u32, writeAttributes } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";
import { addressFamily, RTM, readFamily } from "./rtnl.ts";

/** An address as the kernel holds it. */
export interface InterfaceAddress extends Cidr {
  readonly ifIndex: number; // u32
  readonly peer: IpBytes | null; // other end of a point-to-point address
  readonly broadcast: IpBytes | null; // IPv4 only
  readonly label: string | null; // IPv4 only, the interface's name unless set
  readonly scope: number; // u8, SCOPES
  readonly flags: number; // u32, ADDRESS_FLAGS
  readonly protocol: number; // u8, who added it; 0 = not said, or a kernel before 5.18
  readonly metric: number; // u32, of the route to its prefix; 0 = the kernel's choice
  readonly validLftS: number; // seconds, Infinity = forever
  readonly preferredLftS: number; // seconds, 0 = deprecated, Infinity = forever
}

/** An address to be added; what is left out is the kernel's default. */
export type NewAddress = Pick<InterfaceAddress, "ifIndex" | keyof Cidr> &
  Partial<Omit<InterfaceAddress, "ifIndex" | keyof Cidr>>;

/** What picks out one address of an interface. */
export type AddressKey = Pick<InterfaceAddress, "ifIndex" | keyof Cidr> &
  Partial<Pick<InterfaceAddress, "peer">>;

/** The body of RTM_NEWADDR or RTM_DELADDR. Codes: `short`, `other-family`, `no-address`, `bad-NAME`. */
export function decodeAddress(body: Uint8Array): Decoded<InterfaceAddress> {
  return decodingWith("rtnl-address", new HostReader(body), (r) => {
    const family = readFamily(r);
    const [prefixLength, lowFlags, scope, ifIndex] = [r.u8(), r.u8(), r.u8(), r.u32()];
    const values = readAttributes(r, IFA);
    // The far end of a point-to-point address is IFA_ADDRESS; otherwise the two are the same.
    const own = values.local ?? values.address ?? r.fail("no-address");
    const peer = values.address;
    if (familyOf(own) !== family) r.fail("other-family");
    return {
      ifIndex,
      ip: own,
      prefixLength,
      peer: peer === undefined || sameIp(peer, own) ? null : peer,
      broadcast: values.broadcast ?? null,
      label: values.label ?? null,
      scope,
      flags: values.flags ?? lowFlags,
      protocol: values.protocol ?? 0,
      metric: values.metric ?? 0,
      validLftS: values.lifetimes?.validS ?? FOREVER,
      preferredLftS: values.lifetimes?.preferredS ?? FOREVER,
    };
  });
}

/** Asks for all addresses, or those of one family or interface. */
export function dumpAddresses(of: { family?: Family; ifIndex?: number } = {}): NetlinkRequest {
  const w = new HostWriter().u8(addressFamily(of.family)).u8(0).u8(0).u8(0);
  return { type: RTM.getAddress, flags: REQUEST_FLAGS.dump, body: w.u32(of.ifIndex ?? 0).bytes() };
}

/** Adds an address; one that is there already is refused with EEXIST. */
export function addAddress(address: NewAddress): NetlinkRequest {
  const flags = REQUEST_FLAGS.create | REQUEST_FLAGS.exclusive;
  return { type: RTM.newAddress, flags, body: addressBody(address) };
}

/** Adds an address or gives the one that is there these flags and lifetimes. */
export function replaceAddress(address: NewAddress): NetlinkRequest {
  const flags = REQUEST_FLAGS.create | REQUEST_FLAGS.replace;
  return { type: RTM.newAddress, flags, body: addressBody(address) };
}

/** Removes an address; one that is not there is refused with EADDRNOTAVAIL. */
export function deleteAddress(key: AddressKey): NetlinkRequest {
  const { ifIndex, ip: own, prefixLength, peer = null } = key;
  return {
    type: RTM.deleteAddress,
    flags: 0,
    body: addressBody({ ifIndex, ip: own, prefixLength, peer }),
  };
}

function addressBody(address: NewAddress): Uint8Array {
  const w = new HostWriter().u8(addressFamily(familyOf(address.ip))).u8(address.prefixLength);
  w.u8(0)
    .u8(address.scope ?? 0)
    .u32(address.ifIndex);
  const { validLftS, preferredLftS } = address;
  const limited = validLftS !== undefined || preferredLftS !== undefined;
  writeAttributes(w, IFA, {
    label: address.label ?? undefined,
    flags: address.flags,
    local: address.ip,
    address: address.peer ?? address.ip,
    broadcast: address.broadcast ?? undefined,
    lifetimes: limited
      ? { validS: validLftS ?? FOREVER, preferredS: preferredLftS ?? validLftS ?? FOREVER }
      : undefined,
    protocol: address.protocol,
    metric: address.metric || undefined,
  });
  return w.bytes();
}

/** struct ifa_cacheinfo: u32 preferred, u32 valid, and two time stamps that nobody needs. */
const lifetimes = (type: number): AttrRow<{ validS: number; preferredS: number }> => ({
  type,
  accepts: (length) => length === 16,
  read: (r) => {
    const [preferred, valid] = [r.u32(), r.u32()];
    return { validS: seconds(valid), preferredS: seconds(preferred) };
  },
  write: (w, value) => w.u32(lifetime(value.preferredS)).u32(lifetime(value.validS)).zeros(8),
});

const seconds = (value: number): number => (value === INFINITE_LIFETIME ? FOREVER : value);
const lifetime = (value: number): number => (value === FOREVER ? INFINITE_LIFETIME : value);

/** IFA_*. */
const IFA = {
  label: text(3),
  flags: u32(8),
  local: ip(2),
  address: ip(1),
  broadcast: ip(4),
  lifetimes: lifetimes(6),
  protocol: u8(11),
  metric: u32(9), // IFA_RT_PRIORITY
} as const;

/** IFA_F_*. */
export const ADDRESS_FLAGS = {
  secondary: 0x01, // IPv4: another address of the prefix is the primary one
  noDad: 0x02,
  optimistic: 0x04,
  dadFailed: 0x08,
  homeAddress: 0x10,
  deprecated: 0x20,
  tentative: 0x40,
  permanent: 0x80,
  manageTempAddress: 0x100,
  noPrefixRoute: 0x200,
  multicastAutoJoin: 0x400,
  stablePrivacy: 0x800,
} as const;

/** A lifetime that does not end. */
export const FOREVER = Number.POSITIVE_INFINITY;

const INFINITE_LIFETIME = 0xffffffff;
