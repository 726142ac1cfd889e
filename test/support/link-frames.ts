/** IP packets as captures of each link type hold them. */
import { LINKTYPE } from "../../src/core/capture/link-type.ts";
import { ETHER_TYPE } from "../../src/core/wire/ethernet.ts";
import { mac } from "./packets.ts";

/** Of whom every frame of these comes, and where those go that say it. */
export const FRAME_SOURCE = mac("02:00:00:00:00:01");
export const FRAME_DESTINATION = mac("01:00:5e:00:00:12");

/** Tags outermost first, each its protocol and the VLAN. */
export const onEthernet = (
  packet: Uint8Array,
  ...tags: readonly (readonly [tpid: number, vlan: number])[]
): Uint8Array =>
  Uint8Array.of(
    ...FRAME_DESTINATION,
    ...FRAME_SOURCE,
    ...tags.flatMap(([tpid, vlan]) => [...u16(tpid), ...u16(vlan)]),
    ...u16(etherTypeOf(packet)),
    ...packet,
  );

/** Cooked, version 1: packet types as in linux/if_packet.h. */
export const onSll = (packet: Uint8Array, packetType = 0, etherType = etherTypeOf(packet)) =>
  Uint8Array.of(
    ...u16(packetType),
    ...u16(ARPHRD_ETHER),
    ...u16(6),
    ...FRAME_SOURCE,
    0,
    0,
    ...u16(etherType),
    ...packet,
  );

/** Cooked, version 2, of interface 3. */
export const onSll2 = (packet: Uint8Array, packetType = 0, etherType = etherTypeOf(packet)) =>
  Uint8Array.of(
    ...u16(etherType),
    ...[0, 0, 0, 0, 0, 3],
    ...u16(ARPHRD_ETHER),
    packetType,
    6,
    ...FRAME_SOURCE,
    0,
    0,
    ...packet,
  );

/** BSD's loopback: an address family in 32 bits. */
export const onLoopback = (
  packet: Uint8Array,
  family: number,
  order: "big-endian" | "little-endian",
) => Uint8Array.of(...(order === "big-endian" ? [0, 0, 0, family] : [family, 0, 0, 0]), ...packet);

/** Of Frame Relay, its address 2 bytes; `rfc2427` with a control field. */
export const onFrameRelay = (packet: Uint8Array, form: "cisco" | "rfc2427"): Uint8Array => {
  const etherType = etherTypeOf(packet);
  const nlpid = etherType === ETHER_TYPE.ipv4 ? 0xcc : 0x8e;
  return Uint8Array.of(0x18, 0x41, ...(form === "cisco" ? u16(etherType) : [3, nlpid]), ...packet);
};

/** The packet on every link type that is known, some in several ways. */
export function onEveryLink(
  packet: Uint8Array,
): { readonly way: string; readonly linkType: number; readonly frame: Uint8Array }[] {
  const overIpv4 = etherTypeOf(packet) === ETHER_TYPE.ipv4;
  const loopbacks = (overIpv4 ? [2] : [10, 24, 28, 30]).flatMap((family) =>
    (["big-endian", "little-endian"] as const).map((order) => ({ family, order })),
  );
  return [
    { way: "plain", linkType: LINKTYPE.ethernet, frame: onEthernet(packet) },
    { way: "in", linkType: LINKTYPE.linuxSll, frame: onSll(packet) },
    { way: "out", linkType: LINKTYPE.linuxSll, frame: onSll(packet, 4) },
    { way: "in", linkType: LINKTYPE.linuxSll2, frame: onSll2(packet) },
    { way: "out", linkType: LINKTYPE.linuxSll2, frame: onSll2(packet, 4) },
    { way: "cisco", linkType: LINKTYPE.frameRelay, frame: onFrameRelay(packet, "cisco") },
    { way: "rfc2427", linkType: LINKTYPE.frameRelay, frame: onFrameRelay(packet, "rfc2427") },
    { way: "plain", linkType: LINKTYPE.rawBsd, frame: packet },
    { way: "plain", linkType: LINKTYPE.rawOpenBsd, frame: packet },
    { way: "plain", linkType: LINKTYPE.raw, frame: packet },
    { way: "plain", linkType: overIpv4 ? LINKTYPE.ipv4 : LINKTYPE.ipv6, frame: packet },
    ...[LINKTYPE.null, LINKTYPE.loop].flatMap((linkType) =>
      loopbacks.map(({ family, order }) => ({
        way: `family ${family}, ${order}`,
        linkType,
        frame: onLoopback(packet, family, order),
      })),
    ),
  ];
}

const etherTypeOf = (packet: Uint8Array): number =>
  (packet[0] ?? 0) >>> 4 === 6 ? ETHER_TYPE.ipv6 : ETHER_TYPE.ipv4;

const u16 = (value: number): [number, number] => [value >>> 8, value & 0xff];

const ARPHRD_ETHER = 1;
