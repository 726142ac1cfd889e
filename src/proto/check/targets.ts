/**
 * Targets as they are written: a host, a block (`10.0.0.0/24`, `2001:db8::/120`), a range
 * (`10.0.0.1-20`, `10.0.0.1-10.0.1.4`), each with a port, or a range of ports, behind it where the
 * service has one.
 */
import {
  addressBits,
  compareIp,
  familyOf,
  formatIp,
  type IpBytes,
  parseCidr,
  parseIp,
} from "../../core/addr.ts";

/** A name to be looked up, or an address. */
export interface HostTarget {
  readonly host: string; // without the brackets of IPv6, and without its zone
  readonly ip: IpBytes | null; // null: a name
  readonly zone?: string; // the interface behind an IPv6 address (RFC 4007 section 11)
}

export interface PortTarget extends HostTarget {
  readonly port: number; // 1..65535
}

/** @returns one host or many, or why the text names none */
export function parseHosts(text: string): readonly HostTarget[] | string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const [, address = bare, zone] = ZONED.exec(bare) ?? [];
  const block = bare.includes("/") ? blockOf(bare) : rangeOf(bare);
  if (block !== undefined) return block;
  const ip = parseIp(address);
  if (ip !== undefined)
    return [{ host: formatIp(ip), ip, ...(zone === undefined ? {} : { zone }) }];
  const name = asciiName(bare);
  return NAME.test(name) && !/^[\d.]+$/.test(name)
    ? [{ host: name, ip: null }]
    : "is no host name, address, block or range";
}

/**
 * The same with `:PORT` or `:PORT-PORT` behind it; IPv6 in brackets, blocks and ranges too.
 * @param port where none is written
 */
export function parsePorts(text: string, port?: number): readonly PortTarget[] | string {
  if (/^[a-z]+:\/\//i.test(text)) return "is a URL, not HOST:PORT: check http asks those";
  const isBareIp6 = !text.startsWith("[") && (text.match(/:/g)?.length ?? 0) > 1;
  const at = isBareIp6 || text.endsWith("]") ? -1 : text.lastIndexOf(":");
  const ports = at < 0 ? port : portsOf(text.slice(at + 1));
  if (ports === undefined) return "has no port: write HOST:PORT, [IPV6]:PORT";
  if (typeof ports === "string") return ports;
  const hosts = parseHosts(at < 0 ? text : text.slice(0, at));
  if (typeof hosts === "string") return hosts;
  const [first, last] = typeof ports === "number" ? [ports, ports] : ports;
  const count = last - first + 1;
  if (count === 1) return hosts.map((one) => ({ ...one, port: first }));
  if (hosts.length * count > 2 ** MOST_BITS) return `has more than ${2 ** MOST_BITS} targets`;
  return hosts.flatMap((one) =>
    Array.from({ length: count }, (_, n) => ({ ...one, port: first + n })),
  );
}

/** The first and the last of `80` or `80-82`, or why the text is none. */
function portsOf(text: string): readonly [number, number] | string {
  const [, firstText, lastText = firstText] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (firstText === undefined)
    return `has the port ${JSON.stringify(text)}, which is neither a number nor a range such as 80-82`;
  const [first, last] = [Number(firstText), Number(lastText)];
  for (const number of [first, last])
    if (number < 1 || number > 65_535)
      return `has the port ${number}, which is not within 1..65535`;
  return first <= last ? [first, last] : "has a range of ports that ends before it begins";
}

/** `fe80::1%eth0`, `10.0.0.5`. */
export const formatHost = ({ host, zone }: HostTarget): string =>
  zone === undefined ? host : `${host}%${zone}`;

/** `10.0.0.5:80`, `[2001:db8::5]:80`. */
export const formatPort = (target: PortTarget): string =>
  target.host.includes(":")
    ? `[${formatHost(target)}]:${target.port}`
    : `${target.host}:${target.port}`;

/** As it is asked for in DNS (RFC 5891); a name that cannot be one stays what it is. */
function asciiName(text: string): string {
  if (!/^(?=.*\P{ASCII})[\p{L}\p{M}\p{N}._-]+$/u.test(text)) return text;
  try {
    return new URL(`http://${text}/`).hostname;
  } catch {
    return text;
  }
}

/** Hosts alone: neither the network's own address nor the broadcast address, where IPv4 has them. */
function blockOf(text: string): readonly HostTarget[] | string {
  const cidr = parseCidr(text);
  if (cidr === undefined) return "is no block of addresses";
  const family = familyOf(cidr.ip);
  const bits = addressBits(family) - cidr.prefixLength;
  if (bits > MOST_BITS) return `has more than ${2 ** MOST_BITS} addresses`;
  const first = maskedBelow(cidr.ip, bits);
  const [from, until] = family === 4 && bits > 1 ? [1, 2 ** bits - 2] : [0, 2 ** bits - 1];
  return Array.from({ length: until - from + 1 }, (_, n) => targetAt(first, from + n));
}

function rangeOf(text: string): readonly HostTarget[] | string | undefined {
  const [, firstText = "", lastText = ""] = /^([0-9a-f.:]+)-([0-9a-f.:]+)$/i.exec(text) ?? [];
  const first = parseIp(firstText);
  if (first === undefined) return undefined; // a name may have a dash
  const last =
    parseIp(lastText) ?? parseIp(`${firstText.slice(0, lastDot(firstText) + 1)}${lastText}`);
  if (last === undefined || last.length !== first.length) return "is no range of addresses";
  if (compareIp(first, last) > 0) return "is a range that ends before it begins";
  const count = distance(first, last) + 1;
  if (count > 2 ** MOST_BITS) return `has more than ${2 ** MOST_BITS} addresses`;
  return Array.from({ length: count }, (_, n) => targetAt(first, n));
}

const lastDot = (text: string): number => Math.max(text.lastIndexOf("."), text.lastIndexOf(":"));

function targetAt(first: IpBytes, offset: number): HostTarget {
  const ip = first.slice();
  let carry = offset;
  for (let n = ip.length - 1; n >= 0 && carry > 0; n -= 1) {
    const sum = (ip[n] as number) + (carry % 256);
    ip[n] = sum & 0xff;
    carry = Math.floor(carry / 256) + (sum >> 8);
  }
  return { host: formatIp(ip), ip };
}

function maskedBelow(ip: IpBytes, bits: number): IpBytes {
  const masked = ip.slice();
  for (let bit = 0; bit < bits; bit += 1) {
    const at = masked.length - 1 - (bit >> 3);
    masked[at] = (masked[at] as number) & ~(1 << (bit & 7));
  }
  return masked;
}

/** How many addresses further on; too many is infinite. */
function distance(first: IpBytes, last: IpBytes): number {
  return first.reduce((sum, byte, n) => sum * 256 + (last[n] as number) - byte, 0);
}

const MOST_BITS = 20;
/** No interface has a longer name. */
const ZONED = /^([0-9a-f.]*:[0-9a-f:.]*)%([^\s/%:\]]{1,15})$/i;
/** RFC 1123 section 2.1, and underscores as people have them. */
const NAME =
  /^(?=.{1,253}\.?$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
