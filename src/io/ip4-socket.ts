/**
 * The `IpSocket` port over IPv4 (ip(7), raw(7)), with the TTL and traffic class of control protocols.
 */
import type { IpBytes } from "../core/addr.ts";
import { decodeIpv4, encodeIpv4 } from "../core/wire/ipv4.ts";
import { encodeInt } from "./datagram-socket.ts";
import type { IpSocket, IpSocketOptions } from "./ports.ts";
import { RawSocket } from "./raw-socket.ts";
import { CONTROL_TRAFFIC_CLASS, SO_BINDTODEVICE, SO_RCVBUF, SOL_SOCKET } from "./socket-numbers.ts";
import { isWanted } from "./wanted-destination.ts";

export function openIp4Socket(options: IpSocketOptions): IpSocket {
  const { protocol, ifName, group, receiveBytes, onDatagram } = options;
  const socket = new RawSocket(4, protocol, ifName);
  try {
    socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    if (receiveBytes !== undefined) socket.setOption(SOL_SOCKET, SO_RCVBUF, receiveBytes);
    socket.setOption(IPPROTO_IP, IP_TOS, CONTROL_TRAFFIC_CLASS);
    if (group === null) socket.setOption(IPPROTO_IP, IP_HDRINCL, 1);
    else joinGroup(socket, group, options);
    socket.listen((bytes, receivedMs) => {
      const packet = decodeIpv4(bytes);
      if (!packet.ok || !isWanted(packet.value.destination, options)) return;
      const { source, destination, ttl, payload } = packet.value;
      onDatagram({ receivedMs, source, destination, ttl, payload });
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return group === null ? withHeader(socket, options) : socket;
}

function joinGroup(socket: RawSocket, group: IpBytes, { source, ifIndex }: IpSocketOptions): void {
  socket.setOption(IPPROTO_IP, IP_MULTICAST_TTL, 255);
  socket.setOption(IPPROTO_IP, IP_MULTICAST_LOOP, 0);
  // struct ip_mreqn: the kernel takes the source of multicast from it, so nothing is to be bound.
  const mreqn = Uint8Array.of(...group, ...source, ...encodeInt(ifIndex));
  socket.setOption(IPPROTO_IP, IP_MULTICAST_IF, mreqn);
  socket.setOption(IPPROTO_IP, IP_ADD_MEMBERSHIP, mreqn);
}

/**
 * Writes the IP header itself: the kernel would choose the source of unicast, and `raw-socket` has no
 * bind to choose another. The kernel fills in an identification of 0.
 */
function withHeader(
  socket: RawSocket,
  { source, protocol, unicastTtl = 255 }: IpSocketOptions,
): IpSocket {
  return {
    send: (payload, destination) => {
      const packet = encodeIpv4({
        trafficClass: CONTROL_TRAFFIC_CLASS,
        identification: 0,
        dontFragment: false,
        moreFragments: false,
        fragmentOffset: 0,
        ttl: unicastTtl,
        protocol,
        source,
        destination,
        options: NO_OPTIONS,
        payload,
      });
      socket.send(packet, destination);
    },
    close: () => socket.close(),
  };
}

const NO_OPTIONS = new Uint8Array();

const IPPROTO_IP = 0;
const IP_TOS = 1;
const IP_HDRINCL = 3;
const IP_MULTICAST_IF = 32;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;
const IP_ADD_MEMBERSHIP = 35;
