/**
 * Which frames an onlooker at VRRP wants, as a condition for `core/bpf.ts`: by the places of fields in an
 * Ethernet frame, and further on behind VLAN tags; on interfaces without a link header in IP packets alone.
 */
import { every, FRAME_FACTS, type FrameTest, field, shifted, some } from "../bpf.ts";
import { IP_PROTOCOL } from "./carrier.ts";
import { ETHER_TYPE } from "./ethernet.ts";
import { isArp, isNeighbourDiscovery } from "./frame-filter.ts";

const ipv4Vrrp: FrameTest = some(
  field(23, 1, IP_PROTOCOL.vrrp),
  every(field(14, 1, 0x45), field(23, 1, IP_PROTOCOL.ah), field(34, 1, IP_PROTOCOL.vrrp)),
);

/** Behind one extension header as well. */
const ipv6Vrrp: FrameTest = some(
  field(20, 1, IP_PROTOCOL.vrrp),
  every(
    field(
      20,
      1,
      IP_PROTOCOL.hopByHop,
      IP_PROTOCOL.routing,
      IP_PROTOCOL.fragment,
      IP_PROTOCOL.ah,
      IP_PROTOCOL.destinationOptions,
    ),
    field(54, 1, IP_PROTOCOL.vrrp),
  ),
);

const inEthernet: FrameTest = some(
  every(field(12, 2, ETHER_TYPE.ipv4), ipv4Vrrp),
  every(field(12, 2, ETHER_TYPE.ipv6), ipv6Vrrp),
  isArp,
  isNeighbourDiscovery,
);

const isTag = (at: number): FrameTest => field(at, 2, 0x8100, 0x88a8, 0x9100);

const inTags: FrameTest = every(
  isTag(12),
  some(shifted(inEthernet, 4), every(isTag(16), shifted(inEthernet, 8))),
);

/** Of an IP packet of that version, where an Ethernet header would end. */
const isVersion = (version: number): FrameTest =>
  field(14, 1, ...Array.from({ length: 16 }, (_, low) => version * 16 + low));

const alone: FrameTest = shifted(
  some(every(isVersion(4), ipv4Vrrp), every(isVersion(6), ipv6Vrrp)),
  -14,
);

/**
 * VRRP and CARP, fragments of them, ARP and neighbour discovery. It lets through a little more, and
 * misses VRRP behind several extension headers.
 */
export const isSniffed: FrameTest = some(
  every(field(FRAME_FACTS.hardwareType, 4, 1, 772), some(inEthernet, inTags)), // Ethernet, loopback
  every(field(FRAME_FACTS.hardwareType, 4, 519, 768, 769, 776, 65534), alone), // raw IP, tunnels, none
);
