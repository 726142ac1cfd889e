/**
 * Neighbour solicitations and advertisements, RFC 4861 sections 4.3 and 4.4.
 *
 *     0               8               16                              31
 *     +---------------+---------------+-------------------------------+
 *     |  135 or 136   |   code = 0    |           checksum            |
 *     +-+-+-+---------+---------------+-------------------------------+
 *     |R|S|O|           reserved (all of it in a solicitation)        |
 *     +-+-+-+---------------------------------------------------------+
 *     |  target (16 bytes), then options: type, length in 8 bytes, ...|
 */
import {
  formatIp,
  formatMac,
  type IpBytes,
  isMulticastIp,
  isUnspecifiedIp,
  type MacBytes,
} from "../addr.ts";
import { type ByteReader, ByteWriter, decoding } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { type Carrier, IP_PROTOCOL } from "./carrier.ts";
import { icmpv6Checksum } from "./icmpv6.ts";
import { encodeIpv6 } from "./ipv6.ts";

export type NdpMessage = NeighbourSolicitation | NeighbourAdvertisement;

export interface NeighbourSolicitation {
  readonly kind: "solicitation";
  readonly target: IpBytes;
  readonly sourceMac: MacBytes | undefined; // source link-layer address option
}

export interface NeighbourAdvertisement {
  readonly kind: "advertisement";
  readonly router: boolean;
  readonly solicited: boolean;
  readonly override: boolean;
  readonly target: IpBytes;
  readonly targetMac: MacBytes | undefined; // target link-layer address option
}

/**
 * Total over any bytes; the checks of RFC 4861 section 7.1 but for the hop limit of 255, which the
 * carrier's owner must make. Other options are skipped.
 * Codes: `short`, `bad-checksum`, `bad-type`, `bad-code`, `bad-target` (multicast), `bad-option`
 * (no length, or a link-layer address that is not Ethernet's), `bad-source` (unspecified, yet with a
 * link-layer address or not to a solicited-node group), `bad-flags` (solicited, yet to a group).
 */
export function decodeNdp(bytes: Uint8Array, carrier: Carrier): Decoded<NdpMessage> {
  return decoding("ndp", bytes, (r) => {
    const type = r.u8();
    if (type !== SOLICITATION && type !== ADVERTISEMENT) r.fail("bad-type");
    if (icmpv6Checksum(bytes, carrier) !== 0) r.fail("bad-checksum");
    if (r.u8() !== 0) r.fail("bad-code");
    r.skip(2); // checksum, verified above
    const flags = r.u8();
    r.skip(3);
    const target = r.take(16);
    if (isMulticastIp(target)) r.fail("bad-target");
    if (type === SOLICITATION) {
      const sourceMac = readMacOption(r, SOURCE_MAC);
      if (isUnspecifiedIp(carrier.source) && (sourceMac || !isSolicitedNode(carrier.destination))) {
        r.fail("bad-source");
      }
      return { kind: "solicitation", target, sourceMac };
    }
    const solicited = (flags & SOLICITED) !== 0;
    if (solicited && isMulticastIp(carrier.destination)) r.fail("bad-flags");
    return {
      kind: "advertisement",
      router: (flags & ROUTER) !== 0,
      solicited,
      override: (flags & OVERRIDE) !== 0,
      target,
      targetMac: readMacOption(r, TARGET_MAC),
    };
  });
}

/** @throws RangeError */
export function encodeNdp(message: NdpMessage, carrier: Carrier): Uint8Array {
  const w = new ByteWriter();
  if (message.kind === "solicitation") {
    w.u8(SOLICITATION).zeros(7).raw(message.target, 16);
    writeMacOption(w, SOURCE_MAC, message.sourceMac);
  } else {
    const { router, solicited, override } = message;
    w.u8(ADVERTISEMENT).zeros(3);
    w.u8((router ? ROUTER : 0) | (solicited ? SOLICITED : 0) | (override ? OVERRIDE : 0)).zeros(3);
    w.raw(message.target, 16);
    writeMacOption(w, TARGET_MAC, message.targetMac);
  }
  return w.patchU16(CHECKSUM_AT, icmpv6Checksum(w.bytes(), carrier)).bytes();
}

/** A whole IPv6 packet of it, with the hop limit that receivers ask for (RFC 4861 section 7.1). */
export function encodeNdpPacket(message: NdpMessage, carrier: Carrier): Uint8Array {
  const { source, destination } = carrier;
  return encodeIpv6({
    trafficClass: 0,
    flowLabel: 0,
    hopLimit: 255,
    source,
    destination,
    extensions: [],
    protocol: IP_PROTOCOL.icmpv6,
    payload: encodeNdp(message, carrier),
  });
}

/** As tcpdump prints it: `ICMP6, neighbor advertisement, tgt is fe80::1, Flags [override]`. */
export function describeNdp(message: NdpMessage): string {
  if (message.kind === "solicitation") {
    return `ICMP6, neighbor solicitation, who has ${formatIp(message.target)}${option(message.sourceMac)}`;
  }
  const flags = (["router", "solicited", "override"] as const).filter((flag) => message[flag]);
  const named = `Flags [${flags.length === 0 ? "none" : flags.join(", ")}]`;
  const target = formatIp(message.target);
  return `ICMP6, neighbor advertisement, tgt is ${target}, ${named}${option(message.targetMac)}`;
}

/** Tells every neighbour that `target` is at `mac` (RFC 4861 section 7.2.6); goes to ALL_NODES. */
export function unsolicitedAdvertisement(
  target: IpBytes,
  mac: MacBytes,
  router: boolean,
): NeighbourAdvertisement {
  return {
    kind: "advertisement",
    router,
    solicited: false,
    override: true,
    target,
    targetMac: mac,
  };
}

/** The group that the owner of `ip` listens to (RFC 4291 section 2.7.1): ff02::1:ffXX:XXXX. */
export function solicitedNodeGroup(ip: IpBytes): IpBytes {
  const group = SOLICITED_NODE.slice();
  group.set(ip.subarray(13), 13);
  return group;
}

/** ff02::1 */
export const ALL_NODES: IpBytes = Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

/** Walks all options, so that a broken one behind the wanted one is found too. */
function readMacOption(r: ByteReader, wanted: number): MacBytes | undefined {
  let mac: MacBytes | undefined;
  while (r.left > 0) {
    const [type, length] = [r.u8(), r.u8() * 8];
    if (length === 0 || (type === wanted && length !== 8)) r.fail("bad-option");
    const body = r.take(length - 2);
    if (type === wanted) mac = body;
  }
  return mac;
}

function writeMacOption(w: ByteWriter, type: number, mac: MacBytes | undefined): void {
  if (mac !== undefined) w.u8(type).u8(1).raw(mac, 6);
}

const option = (mac: MacBytes | undefined): string =>
  mac === undefined ? "" : `, link-address ${formatMac(mac)}`;

const isSolicitedNode = (ip: IpBytes): boolean =>
  ip.subarray(0, 13).every((byte, index) => byte === SOLICITED_NODE[index]);

const SOLICITATION = 135;
const ADVERTISEMENT = 136;
const CHECKSUM_AT = 2;
const ROUTER = 0x80;
const SOLICITED = 0x40;
const OVERRIDE = 0x20;
const SOURCE_MAC = 1;
const TARGET_MAC = 2;
const SOLICITED_NODE = Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0, 0, 0);
