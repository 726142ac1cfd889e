/**
 * How an ICMP socket is set up, with privilege or without (icmp(7), raw(7), ip(7), ipv6(7)): what leaves as
 * the user wants it, and that the kernel tells of each reply when it came and with which TTL.
 */
import { SystemError } from "../core/errors.ts";
import type { DatagramSocket } from "./datagram-socket.ts";
import type { PingOptions } from "./ports.ts";
import { LITTLE_ENDIAN } from "./sockaddr.ts";
import {
  SO_BINDTODEVICE,
  SO_MARK,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOL_SOCKET,
} from "./socket-numbers.ts";

/** @throws SystemError */
export function setUpPing(
  socket: DatagramSocket,
  method: "dgram" | "raw",
  options: PingOptions,
): void {
  const { family, source, ifName, mark, ttl, tos, dontFragment } = options;
  if (mark !== null) socket.setOption(SOL_SOCKET, SO_MARK, mark);
  if (ifName !== null) bindToInterface(socket, ifName);
  makeRoom(socket);
  socket.setOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
  const fragment = dontFragment ? PMTUDISC_PROBE : PMTUDISC_DONT;
  if (family === 4) {
    socket.setOption(IPPROTO_IP, IP_RECVERR, 1);
    socket.setOption(IPPROTO_IP, IP_RECVTTL, 1);
    socket.setOption(IPPROTO_IP, IP_MTU_DISCOVER, fragment);
    if (ttl !== null) {
      socket.setOption(IPPROTO_IP, IP_TTL, ttl);
      socket.setOption(IPPROTO_IP, IP_MULTICAST_TTL, ttl);
    }
    if (tos !== null) socket.setOption(IPPROTO_IP, IP_TOS, tos);
    if (method === "raw") socket.setOption(SOL_RAW, ICMP_FILTER, ~(1 << ECHO_REPLY));
    if (source !== null) socket.bind({ family: "inet", ip: source, port: 0 });
    return;
  }
  socket.setOption(IPPROTO_IPV6, IPV6_RECVERR, 1);
  socket.setOption(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
  socket.setOption(IPPROTO_IPV6, IPV6_MTU_DISCOVER, fragment);
  if (dontFragment) socket.setOption(IPPROTO_IPV6, IPV6_DONTFRAG, 1);
  else socket.setOption(IPPROTO_IPV6, IPV6_MTU, LEAST_MTU_6); // no router cuts: ours must fit at once
  if (ttl !== null) {
    socket.setOption(IPPROTO_IPV6, IPV6_UNICAST_HOPS, ttl);
    socket.setOption(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, ttl);
  }
  if (tos !== null) socket.setOption(IPPROTO_IPV6, IPV6_TCLASS, tos);
  if (method === "raw") socket.setOption(IPPROTO_ICMPV6, ICMPV6_FILTER, echoReplyAlone());
  if (source !== null) socket.bind({ family: "inet6", ip: source, port: 0, scopeId: 0 });
}

function bindToInterface(socket: DatagramSocket, ifName: string): void {
  try {
    socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
  } catch (cause) {
    if (!(cause instanceof SystemError)) throw cause;
    throw new SystemError("use", ifName, cause.code, cause.detail, { cause }); // which one, not which socket
  }
}

/** For the replies that come while we are busy; as much as the kernel lets this process have. */
function makeRoom(socket: DatagramSocket): void {
  try {
    socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, ROOM_BYTES);
  } catch {
    socket.setOption(SOL_SOCKET, SO_RCVBUF, ROOM_BYTES);
  }
}

/** struct icmp6_filter: a bit for each type that does not pass. */
function echoReplyAlone(): Uint8Array {
  const bytes = new Uint8Array(32).fill(0xff);
  const view = new DataView(bytes.buffer);
  const at = (ECHO_REPLY_6 >> 5) * 4;
  view.setUint32(at, ~(1 << (ECHO_REPLY_6 & 31)), LITTLE_ENDIAN);
  return bytes;
}

const ROOM_BYTES = 8 << 20;
const ECHO_REPLY = 0;
const ECHO_REPLY_6 = 129;
const IPPROTO_IP = 0;
const IPPROTO_IPV6 = 41;
const IPPROTO_ICMPV6 = 58;
const SOL_RAW = 255;
const ICMP_FILTER = 1;
const ICMPV6_FILTER = 1;
const SO_TIMESTAMPNS = 35;
const IP_TOS = 1;
const IP_TTL = 2;
const IP_MTU_DISCOVER = 10;
const IP_RECVERR = 11;
const IP_RECVTTL = 12;
const IP_MULTICAST_TTL = 33;
const IPV6_UNICAST_HOPS = 16;
const IPV6_MULTICAST_HOPS = 18;
const IPV6_MTU_DISCOVER = 23;
const IPV6_MTU = 24;
const IPV6_RECVERR = 25;
const IPV6_RECVHOPLIMIT = 51;
const IPV6_DONTFRAG = 62;
const IPV6_TCLASS = 67;
const LEAST_MTU_6 = 1280; // RFC 8200 section 5
const PMTUDISC_DONT = 0;
/** DF, whatever the kernel remembers of the path: the answer is to come from there each time. */
const PMTUDISC_PROBE = 3;
