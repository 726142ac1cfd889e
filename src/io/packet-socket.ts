/** The `PacketSocket` port: whole Ethernet frames of one interface (packet(7), SOCK_RAW). */
import { SystemError } from "../core/errors.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import type { PacketSocket, PacketSocketOptions } from "./ports.ts";
import { AF_PACKET } from "./sockaddr.ts";
import { SOCK_RAW } from "./socket-numbers.ts";

/**
 * Frames that this host sends itself are not received. An interface that is down or gone is not an
 * error of receiving: the link watch tells it, and frames come again with the link.
 */
export function openPacketSocket(options: PacketSocketOptions): PacketSocket {
  const { ifName, ifIndex, filter, onFrame } = options;
  const etherType = options.etherType === "any" ? ETH_P_ALL : (options.etherType ?? 0);
  // Protocol 0 until it is bound, so that no other interface's frame gets in; 0 for ever where
  // nothing is to be received, so that the kernel queues nothing.
  const socket = new DatagramSocket(AF_PACKET, SOCK_RAW, 0, ifName);
  try {
    if (filter !== undefined) socket.attachFilter(filter);
    // The kernel shows what this host sends to sockets of any EtherType alone.
    if (etherType === ETH_P_ALL) socket.setOption(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    socket.bind({ family: "packet", etherType, ifIndex, mac: new Uint8Array() });
    if (etherType !== 0 && onFrame !== undefined) {
      socket.listen({
        onDatagram: (datagram) => {
          if (!datagram.truncated) onFrame(datagram.bytes);
        },
        onError: (error) => {
          if (!(error instanceof SystemError && error.code === "ENETDOWN")) throw error;
        },
      });
    }
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

const ETH_P_ALL = 0x0003; // linux/if_ether.h
const SOL_PACKET = 263;
const PACKET_IGNORE_OUTGOING = 23; // linux/if_packet.h
