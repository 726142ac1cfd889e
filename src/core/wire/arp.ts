/**
 * ARP (RFC 826) and RARP (RFC 903) for IPv4 over Ethernet; announcements and probes of RFC 5227.
 *
 *     0        2        4    5    6         8
 *     +--------+--------+----+----+---------+------------+------------+------------+------------+
 *     | hw = 1 | 0x0800 | 6  | 4  | operation | sender MAC | sender IP | target MAC | target IP |
 *     +--------+--------+----+----+---------+------------+------------+------------+------------+
 */
import { formatIp, formatMac, type IpBytes, type MacBytes, sameIp } from "../addr.ts";
import { ByteWriter, decoding } from "../bytes.ts";
import type { Decoded } from "../result.ts";

/** The sender vouches for its own pair; what the target MAC of a request means is left open. */
export interface ArpPacket {
  readonly operation: ArpOperation;
  readonly senderMac: MacBytes;
  readonly senderIp: IpBytes; // 4 bytes, as targetIp
  readonly targetMac: MacBytes;
  readonly targetIp: IpBytes;
}

/** The reverse ones are RARP's and travel under its own EtherType. */
export type ArpOperation = "request" | "reply" | "reverse-request" | "reverse-reply";

/**
 * Total over any bytes; Ethernet padding behind the packet is no fault.
 * Codes: `short`, `bad-hardware`, `bad-protocol`, `bad-operation`.
 */
export function decodeArp(bytes: Uint8Array): Decoded<ArpPacket> {
  return decoding("arp", bytes, (r) => {
    const [hardware, protocol, macLength, ipLength] = [r.u16(), r.u16(), r.u8(), r.u8()];
    if (hardware !== ETHERNET || macLength !== 6) r.fail("bad-hardware");
    if (protocol !== IPV4 || ipLength !== 4) r.fail("bad-protocol");
    const operation = OPERATIONS[r.u16() - 1] ?? r.fail("bad-operation");
    return {
      operation,
      senderMac: r.take(6),
      senderIp: r.take(4),
      targetMac: r.take(6),
      targetIp: r.take(4),
    };
  });
}

/** 28 bytes. @throws RangeError */
export function encodeArp(packet: ArpPacket): Uint8Array {
  const w = new ByteWriter().u16(ETHERNET).u16(IPV4).u8(6).u8(4);
  w.u16(OPERATIONS.indexOf(packet.operation) + 1);
  w.raw(packet.senderMac, 6).raw(packet.senderIp, 4);
  return w.raw(packet.targetMac, 6).raw(packet.targetIp, 4).bytes();
}

/** As tcpdump prints it: `ARP, Request who-has 10.0.0.2 tell 10.0.0.1`. */
export function describeArp(packet: ArpPacket): string {
  const { operation, senderMac, senderIp, targetMac, targetIp } = packet;
  switch (operation) {
    case "request":
      if (sameIp(senderIp, targetIp))
        return `ARP, Announcement ${formatIp(senderIp)} is-at ${formatMac(senderMac)}`;
      if (sameIp(senderIp, ANY_IP))
        return `ARP, Probe ${formatIp(targetIp)} by ${formatMac(senderMac)}`;
      return `ARP, Request who-has ${formatIp(targetIp)} tell ${formatIp(senderIp)}`;
    case "reply":
      return `ARP, Reply ${formatIp(senderIp)} is-at ${formatMac(senderMac)}`;
    case "reverse-request":
      return `RARP, Request who-is ${formatMac(targetMac)} tell ${formatMac(senderMac)}`;
    case "reverse-reply":
      return `RARP, Reply ${formatMac(targetMac)} at ${formatIp(targetIp)}`;
  }
}

/**
 * Tells every neighbour that `ip` is at `mac`. The request is RFC 5227's announcement (section 2.3),
 * the reply the other form of RFC 5944 section 4.6, which some hosts heed instead.
 */
export function gratuitousArp(ip: IpBytes, mac: MacBytes, form: "request" | "reply"): ArpPacket {
  const targetMac = form === "request" ? NO_MAC : mac;
  return { operation: form, senderMac: mac, senderIp: ip, targetMac, targetIp: ip };
}

/** Asks whether somebody has `ip` without telling anybody that we do (RFC 5227 section 2.1.1). */
export function arpProbe(ip: IpBytes, mac: MacBytes): ArpPacket {
  return {
    operation: "request",
    senderMac: mac,
    senderIp: ANY_IP,
    targetMac: NO_MAC,
    targetIp: ip,
  };
}

/** Teaches switches where `mac` is without naming an address: a reverse request about oneself. */
export function rarpAnnouncement(mac: MacBytes): ArpPacket {
  return {
    operation: "reverse-request",
    senderMac: mac,
    senderIp: ANY_IP,
    targetMac: mac,
    targetIp: ANY_IP,
  };
}

const ETHERNET = 1;
const IPV4 = 0x0800;
const OPERATIONS = ["request", "reply", "reverse-request", "reverse-reply"] as const; // from 1
const NO_MAC: MacBytes = new Uint8Array(6);
const ANY_IP: IpBytes = new Uint8Array(4);
