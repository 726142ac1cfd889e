/**
 * Socket addresses as the kernel lays them out: struct sockaddr_in and sockaddr_in6 (netinet/in.h),
 * sockaddr_ll (linux/if_packet.h), sockaddr_nl (linux/netlink.h), sockaddr_un (linux/un.h).
 */
import { endianness } from "node:os";
import type { IpBytes } from "../core/addr.ts";
import { type Decoded, decoded, undecoded } from "../core/result.ts";

export type Sockaddr =
  | { readonly family: "inet"; readonly ip: IpBytes; readonly port: number }
  | {
      readonly family: "inet6";
      readonly ip: IpBytes;
      readonly port: number;
      readonly scopeId: number; // interface index of a link-local address, else 0
    }
  | {
      readonly family: "packet";
      readonly etherType: number; // 0: receive nothing
      readonly ifIndex: number;
      readonly mac: Uint8Array; // up to 8 bytes; empty where it does not matter
    }
  | {
      readonly family: "netlink";
      readonly port: number; // 0: the kernel
      readonly groups: number; // bit mask of the first 32 groups
    }
  | { readonly family: "unix"; readonly abstractName: string } // empty: a socket without a name
  | { readonly family: "unix-path"; readonly path: string }; // of a socket in the file system, to send to

/** Whether this host stores the low byte of a number first. */
export const LITTLE_ENDIAN = endianness() === "LE";

/** @throws RangeError where a value does not fit. */
export function encodeSockaddr(address: Sockaddr): Uint8Array {
  switch (address.family) {
    case "inet":
      return filled(AF_INET, 16, (view, bytes) => {
        view.setUint16(2, address.port);
        put(bytes, 4, address.ip, 4);
      });
    case "inet6":
      return filled(AF_INET6, 28, (view, bytes) => {
        view.setUint16(2, address.port);
        put(bytes, 8, address.ip, 16);
        view.setUint32(24, address.scopeId, LITTLE_ENDIAN);
      });
    case "packet":
      return filled(AF_PACKET, 20, (view, bytes) => {
        view.setUint16(2, address.etherType);
        view.setUint32(4, address.ifIndex, LITTLE_ENDIAN);
        if (address.mac.length > 8) throw new RangeError("hardware address over 8 bytes");
        view.setUint8(11, address.mac.length);
        bytes.set(address.mac, 12);
      });
    case "netlink":
      return filled(AF_NETLINK, 12, (view) => {
        view.setUint32(4, address.port, LITTLE_ENDIAN);
        view.setUint32(8, address.groups, LITTLE_ENDIAN);
      });
    case "unix": {
      // A zero byte in front makes the name abstract; its length is the length of the address.
      const name = new TextEncoder().encode(address.abstractName);
      if (name.length > 107) throw new RangeError("abstract socket name over 107 bytes");
      return filled(AF_UNIX, 3 + name.length, (_, bytes) => bytes.set(name, 3));
    }
    case "unix-path": {
      const path = new TextEncoder().encode(address.path);
      if (path.length > 107) throw new RangeError("path of a socket over 107 bytes");
      return filled(AF_UNIX, 3 + path.length, (_, bytes) => bytes.set(path, 2));
    }
  }
}

/** Total over any bytes. Codes: `short`, `unknown-family`. */
export function decodeSockaddr(bytes: Uint8Array): Decoded<Sockaddr> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2) return undecoded("sockaddr", "short", 0);
  const family = view.getUint16(0, LITTLE_ENDIAN);
  if (bytes.length < (LEAST_BYTES[family] ?? 2))
    return undecoded("sockaddr", "short", bytes.length);
  switch (family) {
    case AF_INET:
      return decoded({ family: "inet", ip: bytes.slice(4, 8), port: view.getUint16(2) });
    case AF_INET6: {
      const scopeId = view.getUint32(24, LITTLE_ENDIAN);
      return decoded({
        family: "inet6",
        ip: bytes.slice(8, 24),
        port: view.getUint16(2),
        scopeId,
      });
    }
    case AF_PACKET:
      return decoded({
        family: "packet",
        etherType: view.getUint16(2),
        ifIndex: view.getUint32(4, LITTLE_ENDIAN),
        mac: bytes.slice(12, 12 + Math.min(view.getUint8(11), 8)),
      });
    case AF_NETLINK:
      return decoded({
        family: "netlink",
        port: view.getUint32(4, LITTLE_ENDIAN),
        groups: view.getUint32(8, LITTLE_ENDIAN),
      });
    case AF_UNIX:
      return decoded({ family: "unix", abstractName: new TextDecoder().decode(bytes.slice(3)) });
    default:
      return undecoded("sockaddr", "unknown-family", 0);
  }
}

function filled(
  family: number,
  length: number,
  fill: (view: DataView, bytes: Uint8Array) => void,
): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, family, LITTLE_ENDIAN);
  fill(view, bytes);
  return bytes;
}

function put(bytes: Uint8Array, offset: number, ip: IpBytes, length: number): void {
  if (ip.length !== length) throw new RangeError(`an address of ${length} bytes is expected`);
  bytes.set(ip, offset);
}

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;

/** sockaddr_ll may end with the hardware address, which the kernel cuts to its length. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  [AF_INET]: 16,
  [AF_INET6]: 28,
  [AF_PACKET]: 12,
  [AF_NETLINK]: 12,
};
