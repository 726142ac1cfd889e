/**
 * The `Capture` port: what passes an interface, in and out, for somebody who only looks on (packet(7),
 * SOCK_RAW with ETH_P_ALL). Frames wait in the socket, with the kernel's time, until they are asked for.
 */
import { LINKTYPE } from "../core/capture/link-type.ts";
import { SystemError } from "../core/errors.ts";
import { DatagramSocket, encodeInt } from "./datagram-socket.ts";
import type { RawDatagram } from "./native.ts";
import type { Capture, CapturedFrame, CaptureOptions } from "./ports.ts";
import { AF_PACKET, LITTLE_ENDIAN } from "./sockaddr.ts";

/** @throws SystemError `EPERM` without CAP_NET_RAW, `ENODEV` for an interface that is not there */
export function openCapture(options: CaptureOptions): Capture {
  const { ifName, ifIndex, filter, snapBytes, roomBytes, onReadable } = options;
  // Protocol 0 until it is bound, so that no other interface's frame gets in, and none unfiltered.
  const socket = new DatagramSocket(AF_PACKET, SOCK_RAW, 0, ifName);
  try {
    socket.setOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    socket.setOption(SOL_PACKET, PACKET_AUXDATA, 1);
    makeRoom(socket, roomBytes ?? ROOM_BYTES);
    socket.attachFilter(filter);
    socket.bind({ family: "packet", etherType: ETH_P_ALL, ifIndex, mac: new Uint8Array() });
    if (onReadable !== undefined) socket.whenReadable(onReadable);
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    read: () => readBatch(socket).flatMap((datagram) => frameOf(datagram, snapBytes) ?? []),
    takeLost: () => {
      const statistics = socket.getOption(SOL_PACKET, PACKET_STATISTICS, 8); // struct tpacket_stats
      return viewOf(statistics).getUint32(4, LITTLE_ENDIAN);
    },
    close: () => socket.close(),
  };
}

/** More than net.core.rmem_max allows where we may: else frames between two looks are lost sooner. */
function makeRoom(socket: DatagramSocket, roomBytes: number): void {
  try {
    socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, encodeInt(roomBytes));
  } catch (error) {
    if (!(error instanceof SystemError && error.code === "EPERM")) throw error;
    socket.setOption(SOL_SOCKET, SO_RCVBUF, encodeInt(roomBytes));
  }
}

/** An interface that is down or gone has no frames; that it is so is told by others. */
function readBatch(socket: DatagramSocket): RawDatagram[] {
  try {
    return socket.receive();
  } catch (error) {
    if (error instanceof SystemError && error.code === "ENETDOWN") return [];
    throw error;
  }
}

/** Of struct sockaddr_ll; what has another link header than those that are read is left out. */
function frameOf(
  { bytes, from, control }: RawDatagram,
  snapBytes: number,
): CapturedFrame | undefined {
  const stamp = control.find(({ level, type }) => level === SOL_SOCKET && type === SO_TIMESTAMPNS);
  if (stamp === undefined || from.length <= SLL_PACKET_TYPE) return undefined;
  const address = viewOf(from);
  const linkType = LINK_TYPE_OF[address.getUint16(8, LITTLE_ENDIAN)];
  if (linkType === undefined) return undefined;
  const tag = linkType === LINKTYPE.ethernet ? takenTag(control) : undefined;
  const whole = tag === undefined ? bytes : withTag(bytes, tag);
  return {
    wallNs: readTimespec(stamp.data),
    direction: from[SLL_PACKET_TYPE] === PACKET_OUTGOING ? "out" : "in",
    ifIndex: address.getInt32(4, LITTLE_ENDIAN),
    linkType,
    wireBytes: whole.length,
    bytes: whole.length > snapBytes ? whole.subarray(0, snapBytes) : whole,
  };
}

/** The VLAN tag that the kernel took off the frame, as it stood there: struct tpacket_auxdata. */
function takenTag(control: RawDatagram["control"]): Uint8Array | undefined {
  const auxiliary = control.find(
    ({ level, type }) => level === SOL_PACKET && type === PACKET_AUXDATA,
  );
  if (auxiliary === undefined || auxiliary.data.length < 20) return undefined;
  const view = viewOf(auxiliary.data);
  if ((view.getUint32(0, LITTLE_ENDIAN) & TP_STATUS_VLAN_VALID) === 0) return undefined;
  const [tci, tpid] = [view.getUint16(16, LITTLE_ENDIAN), view.getUint16(18, LITTLE_ENDIAN)];
  return Uint8Array.of(tpid >> 8, tpid & 0xff, tci >> 8, tci & 0xff);
}

function withTag(bytes: Uint8Array, tag: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + tag.length);
  whole.set(bytes.subarray(0, 12)); // both MAC addresses
  whole.set(tag, 12);
  whole.set(bytes.subarray(12), 12 + tag.length);
  return whole;
}

/** Two longs of the host: seconds and nanoseconds. */
function readTimespec(timespec: Uint8Array): bigint {
  const view = viewOf(timespec);
  const [seconds, nanoseconds] =
    timespec.length === 16
      ? [view.getBigInt64(0, LITTLE_ENDIAN), view.getBigInt64(8, LITTLE_ENDIAN)]
      : [BigInt(view.getInt32(0, LITTLE_ENDIAN)), BigInt(view.getInt32(4, LITTLE_ENDIAN))];
  return seconds * 1_000_000_000n + nanoseconds;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const ROOM_BYTES = 1 << 20; // the kernel's own books on 20 ms of 100,000 small frames a second
const ETH_P_ALL = 0x0003;
const SLL_PACKET_TYPE = 10; // sll_pkttype of struct sockaddr_ll
const PACKET_OUTGOING = 4;

const SOCK_RAW = 3;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const SO_TIMESTAMPNS = 35;
const SOL_PACKET = 263;
const PACKET_AUXDATA = 8;
const TP_STATUS_VLAN_VALID = 1 << 4;
/** By ARPHRD_* of linux/if_arp.h: Ethernet, loopback; raw IP, tunnels, none. */
const LINK_TYPE_OF: Readonly<Record<number, number>> = {
  1: LINKTYPE.ethernet,
  772: LINKTYPE.ethernet,
  519: LINKTYPE.raw,
  768: LINKTYPE.raw,
  769: LINKTYPE.raw,
  776: LINKTYPE.raw,
  65534: LINKTYPE.raw,
};
const PACKET_STATISTICS = 6;
