/**
 * The `IpSocket` port over IPv6 (ipv6(7), RFC 3542), with the hop limit and traffic class of control
 * protocols.
 */
import type { IpBytes } from "../core/addr.ts";
import { encodeIpv6 } from "../core/wire/ipv6.ts";
import { monotonicMs } from "./clock.ts";
import { DatagramSocket, encodeInt } from "./datagram-socket.ts";
import type { ControlMessage } from "./native.ts";
import type { IpSocket, IpSocketOptions } from "./ports.ts";
import { RawSocket } from "./raw-socket.ts";
import { AF_INET6, decodeSockaddr, LITTLE_ENDIAN } from "./sockaddr.ts";
import {
  CONTROL_TRAFFIC_CLASS,
  SO_BINDTODEVICE,
  SO_RCVBUF,
  SOCK_RAW,
  SOL_SOCKET,
} from "./socket-numbers.ts";
import { isWanted } from "./wanted-destination.ts";

/** Two sockets: `raw-socket` cannot show the hop limit and the destination of what it receives. */
export function openIp6Socket(options: IpSocketOptions): IpSocket {
  const sender = openIp6Sender(options);
  try {
    const receiver = openIp6Receiver(options);
    return {
      send: (payload, destination) => sender.send(payload, destination),
      close: () => {
        sender.close();
        receiver.close();
      },
    };
  } catch (error) {
    sender.close();
    throw error;
  }
}

/**
 * Writes the IP header itself: bound to a device, the kernel would choose the source address, and
 * `raw-socket` has no bind to choose another.
 */
function openIp6Sender({
  protocol,
  ifName,
  ifIndex,
  source,
  group,
  unicastTtl = 255,
}: IpSocketOptions): IpSocket {
  const socket = new RawSocket(6, protocol, ifName);
  try {
    socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    socket.setOption(IPPROTO_IPV6, IPV6_HDRINCL, 1);
    socket.setOption(IPPROTO_IPV6, IPV6_MULTICAST_IF, ifIndex);
    socket.setOption(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
    socket.setOption(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0); // groups that others joined: not for us
  } catch (error) {
    socket.close();
    throw error;
  }
  const header = {
    trafficClass: CONTROL_TRAFFIC_CLASS,
    flowLabel: 0,
    hopLimit: group === null ? unicastTtl : 255,
    source,
    extensions: [],
    protocol,
  };
  return {
    send: (payload, destination) =>
      socket.send(encodeIpv6({ ...header, destination, payload }), destination),
    close: () => socket.close(),
  };
}

function openIp6Receiver(options: IpSocketOptions): DatagramSocket {
  const { protocol, ifName, ifIndex, group, receiveBytes, onDatagram } = options;
  const socket = new DatagramSocket(AF_INET6, SOCK_RAW, protocol, ifName);
  try {
    socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    if (receiveBytes !== undefined) socket.setOption(SOL_SOCKET, SO_RCVBUF, receiveBytes);
    socket.setOption(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    socket.setOption(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
    if (group !== null) {
      const mreq = Uint8Array.of(...group, ...encodeInt(ifIndex)); // struct ipv6_mreq
      socket.setOption(IPPROTO_IPV6, IPV6_JOIN_GROUP, mreq);
    }
    socket.listen({
      onDatagram: ({ bytes, from, control, truncated }) => {
        const receivedMs = monotonicMs();
        const source = decodeSockaddr(from);
        const arrival = readArrival(control);
        if (truncated || !source.ok || source.value.family !== "inet6") return;
        if (arrival?.ifIndex !== ifIndex || !isWanted(arrival.destination, options)) return;
        const { destination, ttl } = arrival;
        onDatagram({ receivedMs, source: source.value.ip, destination, ttl, payload: bytes });
      },
      onError: (error) => {
        throw error; // an unconnected raw socket has no pending errors: a bug
      },
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

interface Arrival {
  readonly ifIndex: number;
  readonly destination: IpBytes;
  readonly ttl: number;
}

/** @returns undefined where the kernel did not tell all three. */
function readArrival(control: readonly ControlMessage[]): Arrival | undefined {
  const dataOf = (type: number, length: number) =>
    control.find((it) => it.level === IPPROTO_IPV6 && it.type === type && it.data.length >= length)
      ?.data;
  const pktinfo = dataOf(IPV6_PKTINFO, 20);
  const hopLimit = dataOf(IPV6_HOPLIMIT, 4);
  if (pktinfo === undefined || hopLimit === undefined) return undefined;
  return {
    ifIndex: hostInt(pktinfo, 16),
    destination: pktinfo.slice(0, 16),
    ttl: hostInt(hopLimit, 0),
  };
}

const hostInt = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getInt32(offset, LITTLE_ENDIAN);

const IPPROTO_IPV6 = 41;
const IPV6_MULTICAST_IF = 17;
const IPV6_MULTICAST_LOOP = 19;
const IPV6_JOIN_GROUP = 20;
const IPV6_MULTICAST_ALL = 29;
const IPV6_HDRINCL = 36;
const IPV6_RECVPKTINFO = 49;
const IPV6_PKTINFO = 50;
const IPV6_RECVHOPLIMIT = 51;
const IPV6_HOPLIMIT = 52;
