/** Addresses as they are written on a command line: the `parse` functions of such options. */
import {
  type Cidr,
  type IpBytes,
  isMulticastIp,
  type MacBytes,
  parseCidr,
  parseIp,
  parseMac,
} from "../core/addr.ts";
import { refuse } from "./option.ts";

/** One address of a host. */
export function ipAddress(text: string): IpBytes {
  return hostAddress(anyAddress(text));
}

/** One address, also of a group. */
export const anyAddress = (text: string): IpBytes => parseIp(text) ?? refuse("is no IP address");

/** `ADDR[/LEN]`; without a length the address alone, /32 or /128. */
export function cidrAddress(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) {
    const ip = parseIp(text.replace(/\/.*/, "")) ?? refuse("is no IP address");
    return refuse(`has a prefix length that is not within 0..${ip.length * 8}`);
  }
  hostAddress(cidr.ip);
  return cidr;
}

/** One Ethernet address, not of a group. */
export function unicastMac(text: string): MacBytes {
  const mac = macAddress(text);
  return (mac[0] as number) & 1
    ? refuse("is the MAC address of a group, not of an interface")
    : mac;
}

/** One Ethernet address, of an interface or a group. */
export function macAddress(text: string): MacBytes {
  const mac = parseMac(text) ?? refuse("is no MAC address, as 52:54:00:12:34:56");
  return mac.some((byte) => byte !== 0) ? mac : refuse("is the MAC address of nobody");
}

/** A multicast group, 0.0.0.0, 255.255.255.255 and :: live on no host. */
function hostAddress(ip: IpBytes): IpBytes {
  const alike = ip.every((byte) => byte === ip[0]);
  const nobody = alike && (ip[0] === 0 || (ip.length === 4 && ip[0] === 255));
  return isMulticastIp(ip) || nobody ? refuse("is not an address that a host can have") : ip;
}
