/** The sockets of both ends of the two-sided test: probes out and in by multicast and by unicast. */
import { type Family, formatIp, type IpBytes, isMulticastIp, sameIp } from "../../core/addr.ts";
import { compileFilter, every } from "../../core/bpf.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import {
  type DeliveryProbe,
  type DeliveryWay,
  decodeDeliveryProbe,
  encodeDeliveryProbe,
} from "../../core/wire/delivery-probe.ts";
import { ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { isReceived, isVrrp } from "../../core/wire/frame-filter.ts";
import type { Closable, IpSocket, Ports } from "../../io/ports.ts";
import { vrrpInFrame } from "../../proto/vrrp/frame-datagram.ts";
import { VRRP_GROUP } from "../../proto/vrrp/reach.ts";
import type { HeardDatagram } from "../../proto/vrrp/receive.ts";

/** A probe that came. */
export interface ArrivedProbe {
  readonly probe: DeliveryProbe;
  readonly way: DeliveryWay;
  readonly source: IpBytes;
  readonly destination: IpBytes;
}

export interface DeliverySockets extends Closable {
  /** To the group, as an advert goes. @throws SystemError */
  sendToGroup(probe: DeliveryProbe): void;
  /** Does nothing where `from` is none of the addresses. @throws SystemError */
  sendTo(destination: IpBytes, from: IpBytes, probe: DeliveryProbe): void;
}

export interface DeliveryEars {
  readonly onHeard: (arrived: ArrivedProbe) => void; // on the protocol's socket
  readonly onSeen: (arrived: ArrivedProbe) => void; // at the interface, before any firewall
}

/**
 * @param groupSource where multicast leaves from
 * @param addresses those of the interface that send and receive unicast
 * @throws SystemError
 */
export function openDeliverySockets(
  ports: Pick<Ports, "openIpSocket" | "openPacketSocket">,
  { name: ifName, ifIndex }: Link,
  family: Family,
  { groupSource, addresses }: { groupSource: IpBytes; addresses: readonly IpBytes[] },
  ears: DeliveryEars,
): DeliverySockets {
  const group = VRRP_GROUP[family];
  const shared = { family, protocol: IP_PROTOCOL.vrrp, ifName, ifIndex };
  const opened: Closable[] = [];
  const open = (source: IpBytes, joined: IpBytes | null): IpSocket => {
    const socket = ports.openIpSocket({
      ...shared,
      source,
      group: joined,
      // The socket of the group gets what is for its own address too, and so does the other one.
      onDatagram: (datagram) => {
        if (isMulticastIp(datagram.destination) === (joined !== null)) tell(datagram, ears.onHeard);
      },
    });
    opened.push(socket);
    return socket;
  };
  try {
    const toGroup = open(groupSource, group);
    const byAddress = new Map(addresses.map((ip) => [formatIp(ip), open(ip, null)]));
    opened.push(
      ports.openPacketSocket({
        ifName,
        ifIndex,
        etherType: family === 4 ? ETHER_TYPE.ipv4 : ETHER_TYPE.ipv6,
        filter: compileFilter(every(isReceived, isVrrp(0))),
        onFrame: (frame) => {
          const carried = vrrpInFrame(frame);
          if (carried !== undefined) tell(carried.heard, ears.onSeen);
        },
      }),
    );
    return {
      sendToGroup: (probe) => {
        const carrier = { source: groupSource, destination: group };
        toGroup.send(encodeDeliveryProbe(probe, carrier), group);
      },
      sendTo: (destination, from, probe) => {
        const carrier = { source: from, destination };
        byAddress.get(formatIp(from))?.send(encodeDeliveryProbe(probe, carrier), destination);
      },
      close: () => closeAll(opened),
    };
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

/** Only what was sent on this LAN: no router lets a TTL of 255 through (RFC 5082). */
function tell(heard: HeardDatagram, listener: (arrived: ArrivedProbe) => void): void {
  if (heard.ttl !== 255) return;
  const probe = decodeDeliveryProbe(heard.payload, heard);
  if (!probe.ok) return;
  const { source, destination } = heard;
  if (isMulticastIp(destination) && !sameIp(destination, VRRP_GROUP[source.length === 4 ? 4 : 6])) {
    return;
  }
  const way = isMulticastIp(destination) ? "multicast" : "unicast";
  listener({ probe: probe.value, way, source, destination });
}

function closeAll(parts: readonly Closable[]): void {
  for (const part of parts) part.close();
}
