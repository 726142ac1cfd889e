/**
 * IP and MAC addresses as values: bytes in network order, text in the canonical form of RFC 5952.
 */
export type Family = 4 | 6;

/** 4 or 16 bytes, network order. */
export type IpBytes = Uint8Array;

/** 6 bytes. */
export type MacBytes = Uint8Array;

/** An address with the length of its prefix, as `ip address` writes it. */
export interface Cidr {
  readonly ip: IpBytes;
  readonly prefixLength: number; // 0..32 or 0..128
}

export const familyOf = (ip: IpBytes): Family => (ip.length === 4 ? 4 : 6);

/** Bits of an address of the family: also the default prefix of a virtual address. */
export const addressBits = (family: Family): number => (family === 4 ? 32 : 128);

/** @returns undefined for anything that is not exactly one address (no prefix, no zone). */
export function parseIp(text: string): IpBytes | undefined {
  return text.includes(":") ? parseIp6(text) : parseIp4(text);
}

/** `ADDR` or `ADDR/LEN`; without a length the whole address (/32, /128). */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length, ...more] = text.split("/");
  const ip = parseIp(address);
  if (ip === undefined || more.length > 0) return undefined;
  const bits = addressBits(familyOf(ip));
  if (length === undefined) return { ip, prefixLength: bits };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return undefined;
  return { ip, prefixLength: Number(length) };
}

export function formatIp(ip: IpBytes): string {
  // Not `join`, which is slow over so few: lists of thousands are written.
  return ip.length === 4 ? `${ip[0]}.${ip[1]}.${ip[2]}.${ip[3]}` : formatIp6(ip);
}

/** Whether an address is in the network of another one. */
export function hasInPrefix({ ip, prefixLength }: Cidr, other: IpBytes): boolean {
  if (ip.length !== other.length) return false;
  return ip.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return ((byte ^ (other[index] as number)) & (0xff << (8 - bits)) & 0xff) === 0;
  });
}

export const formatCidr = (cidr: Cidr): string => `${formatIp(cidr.ip)}/${cidr.prefixLength}`;

/** Order of addresses as unsigned numbers in network order: below 0, 0 or above 0. */
export function compareIp(a: IpBytes, b: IpBytes): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let n = 0; n < a.length; n += 1) {
    const difference = (a[n] as number) - (b[n] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const sameIp = (a: IpBytes, b: IpBytes): boolean => compareIp(a, b) === 0;

/** Whether `ip` is one of `ips`. */
export const includesIp = (ips: readonly IpBytes[], ip: IpBytes): boolean =>
  ips.some((other) => sameIp(other, ip));

/** Whether two lists without repetition hold the same addresses, in any order. */
export const sameIpSet = (a: readonly IpBytes[], b: readonly IpBytes[]): boolean =>
  a.length === b.length &&
  // Mostly in one order: then no search is needed.
  a.every((ip, index) => sameIp(ip, b[index] as IpBytes) || includesIp(b, ip));

/** 0.0.0.0 or `::`. */
export const isUnspecifiedIp = (ip: IpBytes): boolean => ip.every((byte) => byte === 0);

/** 224.0.0.0/4 or ff00::/8. */
export const isMulticastIp = (ip: IpBytes): boolean =>
  ip.length === 4 ? ((ip[0] as number) & 0xf0) === 0xe0 : ip[0] === 0xff;

/** fe80::/10. */
export const isLinkLocalIp6 = (ip: IpBytes): boolean =>
  ip.length === 16 && ip[0] === 0xfe && ((ip[1] as number) & 0xc0) === 0x80;

/** 127.0.0.0/8 or `::1`. */
export const isLoopbackIp = (ip: IpBytes): boolean =>
  ip.length === 4 ? ip[0] === 127 : ip.every((byte, index) => byte === (index === 15 ? 1 : 0));

/** ::ffff:0:0/96. */
export const isMappedIp4 = (ip: IpBytes): boolean =>
  ip.length === 16 && ip.every((byte, index) => index >= 12 || byte === (index >= 10 ? 0xff : 0));

/** `aa:bb:cc:dd:ee:ff`, either case, also with dashes. */
export function parseMac(text: string): MacBytes | undefined {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/), (part) => Number.parseInt(part, 16));
}

export const formatMac = (mac: MacBytes): string => Array.from(mac, hex2).join(":");

function parseIp4(text: string): IpBytes | undefined {
  const parts = DOTTED.exec(text);
  if (parts === null) return undefined;
  const ip = new Uint8Array(4);
  for (let index = 0; index < 4; index += 1) {
    const byte = Number(parts[index + 1]);
    if (byte > 255) return undefined;
    ip[index] = byte;
  }
  return ip;
}

/** A leading zero is refused: some readers take it for octal. */
const DOTTED = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

function parseIp6(text: string): IpBytes | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined) return undefined;
  // A dotted part is the end of an address (RFC 4291 section 2.2), so "1.2.3.4::" is none.
  if (tail !== undefined && halves[0]?.includes(".")) return undefined;
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : undefined;
  // "::" stands for at least one group, so 14 bytes are the most that may be written out.
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  const ip = new Uint8Array(16);
  ip.set(head, 0);
  ip.set(tail, 16 - tail.length);
  return ip;
}

/** The groups of one side of `::`; the last may be dotted (RFC 4291 section 2.2). */
function parseGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes(".")) {
      const dotted = parseIp4(group);
      if (dotted === undefined) return undefined;
      bytes.push(...dotted);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >>> 8, value & 0xff);
    }
  }
  return bytes;
}

function formatIp6(ip: IpBytes): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((ip[2 * i] as number) << 8) | (ip[2 * i + 1] as number)).toString(16),
  );
  if (isMappedIp4(ip)) return `::ffff:${formatIp(ip.subarray(12))}`;
  const [start, length] = longestZeroRun(groups);
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

/** First of the longest runs of "0" (RFC 5952 section 4.2.3). */
function longestZeroRun(groups: readonly string[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== "0") start = index + 1;
    else if (index + 1 - start > best[1]) best = [start, index + 1 - start];
  }
  return best;
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, "0");
