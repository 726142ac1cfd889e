/**
 * The `IpSocket` port over IPv4 (ip(7), raw(7)), with the TTL and traffic class of control protocols.
 */
import { sameIp } from "../core/addr.ts";
import { decodeIpv4 } from "../core/wire/ipv4.ts";
import { encodeInt } from "./datagram-socket.ts";
import type { IpSocket, IpSocketOptions } from "./ports.ts";
import { RawSocket } from "./raw-socket.ts";

export function openIp4Socket(options: IpSocketOptions): IpSocket {
  const { protocol, ifName, ifIndex, group, onDatagram } = options;
  const socket = new RawSocket(4, protocol, ifName);
  try {
    socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    socket.setOption(IPPROTO_IP, IP_TOS, TRAFFIC_CLASS);
    socket.setOption(IPPROTO_IP, IP_TTL, 255);
    socket.setOption(IPPROTO_IP, IP_MULTICAST_TTL, 255);
    socket.setOption(IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    // struct ip_mreqn: the kernel takes the source of multicast from it, so nothing is to be bound.
    const mreqn = Uint8Array.of(...group, ...options.source, ...encodeInt(ifIndex));
    socket.setOption(IPPROTO_IP, IP_MULTICAST_IF, mreqn);
    socket.setOption(IPPROTO_IP, IP_ADD_MEMBERSHIP, mreqn);
    socket.listen((bytes, receivedMs) => {
      const packet = decodeIpv4(bytes);
      if (!packet.ok || !sameIp(packet.value.destination, group)) return;
      const { source, destination, ttl, payload } = packet.value;
      onDatagram({ receivedMs, source, destination, ttl, payload });
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

const TRAFFIC_CLASS = 0xc0; // CS6, network control (RFC 4594 section 3)

const SOL_SOCKET = 1;
const SO_BINDTODEVICE = 25;

const IPPROTO_IP = 0;
const IP_TOS = 1;
const IP_TTL = 2;
const IP_MULTICAST_IF = 32;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;
const IP_ADD_MEMBERSHIP = 35;
