/** From the options of an address, as a keepalived.conf has them, to what the kernel is asked for. */
import type { Broadcast } from "../../../../config/entries/address.ts";
import { type Cidr, familyOf, type IpBytes } from "../../../../core/addr.ts";
import { ADDRESS_FLAGS, FOREVER } from "../../../../core/netlink/rtnl-address.ts";
import type { AddressExtras } from "../../../../proto/vrrp/virtual-address.ts";

/** What is in force, or what is written, which may be nothing. */
type Said<V> = { readonly value: V | null } | null;

export interface AddressOptions {
  readonly brd: Said<Broadcast>;
  readonly peer: Said<IpBytes>;
  readonly home: Said<true>;
  readonly "-nodad": Said<true>;
  readonly mngtmpaddr: Said<true>;
  readonly noprefixroute: Said<true>;
  readonly autojoin: Said<true>;
  readonly preferred_lft: Said<number | "forever">;
}

/** As keepalived: it leaves the lifetime of IPv4 addresses alone, and an IPv6 address by itself is no source. */
export function extrasOf(cidr: Cidr, options: AddressOptions): AddressExtras {
  const isIp6 = familyOf(cidr.ip) === 6;
  const isSaid = (said: Said<true>): boolean => said !== null && said.value !== null;
  const { brd, peer, home, mngtmpaddr, noprefixroute, autojoin, preferred_lft } = options;
  const flags = [
    isIp6 && isSaid(home) ? ADDRESS_FLAGS.homeAddress : 0,
    isIp6 && isSaid(mngtmpaddr) ? ADDRESS_FLAGS.manageTempAddress : 0,
    isSaid(noprefixroute) ? ADDRESS_FLAGS.noPrefixRoute : 0,
    isSaid(autojoin) ? ADDRESS_FLAGS.multicastAutoJoin : 0,
  ];
  const said = preferred_lft?.value ?? (cidr.prefixLength === 128 ? 0 : "forever");
  return {
    broadcast: isIp6 ? null : broadcastOf(cidr, brd?.value ?? null),
    peer: peer?.value ?? null,
    flags: flags.reduce((all, flag) => all | flag),
    detectsDuplicates: isSaid(options["-nodad"]),
    preferredLftS: !isIp6 || said === "forever" ? FOREVER : said,
  };
}

/** `+`: its host bits all set, `-`: all clear. */
function broadcastOf({ ip, prefixLength }: Cidr, said: Broadcast | null): IpBytes | null {
  if (said !== "+" && said !== "-") return said;
  return ip.map((byte, index) => {
    const hostBits = 0xff >> Math.min(Math.max(prefixLength - 8 * index, 0), 8);
    return said === "+" ? byte | hostBits : byte & ~hostBits;
  });
}
