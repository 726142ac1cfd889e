/**
 * Ethernet II frames with VLAN tags (IEEE 802.3 section 3.2.6, IEEE 802.1Q section 9.6).
 * Padding and the frame check sequence are the driver's business: a payload may be longer than sent.
 */
import { formatMac, type IpBytes, isMulticastIp, type MacBytes } from "../addr.ts";
import { type ByteReader, ByteWriter, decoding } from "../bytes.ts";
import type { Decoded } from "../result.ts";

export interface EthernetFrame {
  readonly destination: MacBytes;
  readonly source: MacBytes;
  readonly tags: readonly VlanTag[]; // outermost first
  readonly etherType: number; // u16, 0x600 and above
  readonly payload: Uint8Array;
}

/** One 802.1Q (customer) or 802.1ad (service) tag. */
export interface VlanTag {
  readonly tpid: number; // 0x8100 or 0x88a8
  readonly priority: number; // u3
  readonly dropEligible: boolean;
  readonly vlanId: number; // u12, 0 = priority only
}

/** Total over any bytes. Codes: `short`, `not-ethernet-ii` (an 802.3 length where the type stands). */
export function decodeEthernet(bytes: Uint8Array): Decoded<EthernetFrame> {
  return decoding("ethernet", bytes, (r) => {
    const [destination, source, tags] = [r.take(6), r.take(6), [] as VlanTag[]];
    let etherType = r.u16();
    while (TPIDS.includes(etherType)) {
      tags.push(readTag(etherType, r));
      etherType = r.u16();
    }
    if (etherType < LEAST_ETHER_TYPE) r.fail("not-ethernet-ii");
    return { destination, source, tags, etherType, payload: r.rest() };
  });
}

/** Not padded to the 60 bytes of the medium: the kernel does. @throws RangeError */
export function encodeEthernet(frame: EthernetFrame): Uint8Array {
  const { etherType } = frame;
  if (etherType < LEAST_ETHER_TYPE || TPIDS.includes(etherType)) {
    throw new RangeError(`${etherType} is no EtherType of a payload`);
  }
  const w = new ByteWriter().raw(frame.destination, 6).raw(frame.source, 6);
  for (const tag of frame.tags) writeTag(tag, w);
  return w.u16(etherType).raw(frame.payload).bytes();
}

/** `00:00:5e:00:01:07 > 01:00:5e:00:00:12, vlan 5, ethertype 0x0800, length 60`. */
export function describeEthernet(frame: EthernetFrame): string {
  const { source, destination, tags, etherType, payload } = frame;
  const vlans = tags.map((tag) => `vlan ${tag.vlanId}, `).join("");
  const type = `0x${etherType.toString(16).padStart(4, "0")}`;
  const length = 14 + 4 * tags.length + payload.length;
  return `${formatMac(source)} > ${formatMac(destination)}, ${vlans}ethertype ${type}, length ${length}`;
}

/** Where an IP multicast group is sent to (RFC 1112 section 6.4, RFC 2464 section 7). @throws RangeError */
export function multicastMac(group: IpBytes): MacBytes {
  if (!isMulticastIp(group)) throw new RangeError("not a multicast address");
  const [, b = 0, c = 0, d = 0] = group;
  return group.length === 4
    ? Uint8Array.of(0x01, 0x00, 0x5e, b & 0x7f, c, d)
    : Uint8Array.of(0x33, 0x33, ...group.subarray(12));
}

export const BROADCAST_MAC: MacBytes = new Uint8Array(6).fill(0xff);

/** EtherTypes of what `core/wire` knows (IANA). */
export const ETHER_TYPE = { ipv4: 0x0800, arp: 0x0806, rarp: 0x8035, ipv6: 0x86dd } as const;

function readTag(tpid: number, r: ByteReader): VlanTag {
  const tci = r.u16();
  return {
    tpid,
    priority: tci >>> 13,
    dropEligible: (tci & 0x1000) !== 0,
    vlanId: tci & 0x0fff,
  };
}

function writeTag(tag: VlanTag, w: ByteWriter): void {
  if (!TPIDS.includes(tag.tpid)) throw new RangeError(`${tag.tpid} is no tag protocol`);
  w.u16(tag.tpid).bits([3, tag.priority], [1, Number(tag.dropEligible)], [12, tag.vlanId]);
}

const TPIDS: readonly number[] = [0x8100, 0x88a8];
const LEAST_ETHER_TYPE = 0x600;
