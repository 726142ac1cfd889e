/**
 * The multicast groups that an interface has joined, as Linux lists them in /proc/net/igmp
 * (net/ipv4/igmp.c) and /proc/net/igmp6 (net/ipv6/mcast.c).
 */
import type { Family, IpBytes } from "./addr.ts";

/** Total over any text: lines that are not understood are left out. */
export const parseMemberships = (family: Family, text: string, ifName: string): IpBytes[] =>
  family === 4 ? parseIgmp(text, ifName) : parseIgmp6(text, ifName);

/** `2\teth0      :     1      V3`, and below it `\t\t\t\t120000E0     1 0:00000000\t\t0`, in host order. */
function parseIgmp(text: string, ifName: string): IpBytes[] {
  const groups: IpBytes[] = [];
  let isOurs = false;
  for (const line of text.split("\n")) {
    const head = /^\d+\s+(\S+?)\s*:/.exec(line);
    if (head !== null) isOurs = head[1] === ifName;
    const group = /^\s+([0-9A-Fa-f]{8})\s/.exec(line)?.[1];
    if (isOurs && group !== undefined) groups.push(orderedAsLinux(hexBytes(group)));
  }
  return groups;
}

/** `4    eth0            ff020000000000000000000000000012     1 00000004 0`, in network order. */
function parseIgmp6(text: string, ifName: string): IpBytes[] {
  return text.split("\n").flatMap((line) => {
    const [, name, group] = /^\d+\s+(\S+)\s+([0-9a-fA-F]{32})\s/.exec(line) ?? [];
    return name === ifName && group !== undefined ? [hexBytes(group)] : [];
  });
}

const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** A group begins with 224..239: that byte stands last on a little-endian host. */
const orderedAsLinux = (bytes: Uint8Array): Uint8Array =>
  ((bytes[0] as number) & 0xf0) === 0xe0 && ((bytes[3] as number) & 0xf0) !== 0xe0
    ? bytes
    : bytes.reverse();
