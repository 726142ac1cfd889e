/** Notifications of the kernel: the `watchNetlink` port (netlink(7), RTNLGRP_* of linux/rtnetlink.h). */
import { NETLINK_ROUTE } from "../core/netlink/rtnl.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import { isOverflow, messagesOf, setReceiveBuffer } from "./netlink-socket.ts";
import type { Closable, NetlinkEvent } from "./ports.ts";
import { AF_NETLINK } from "./sockaddr.ts";
import { SOCK_RAW, SOL_NETLINK } from "./socket-numbers.ts";

/** Tells what happens in the groups from now on; what happens while nobody reads waits in the buffer. */
export function watchNetlink(
  groups: readonly number[],
  onEvent: (event: NetlinkEvent) => void,
  bufferBytes = BUFFER_BYTES,
): Closable {
  const socket = new DatagramSocket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, "netlink");
  try {
    setReceiveBuffer(socket, bufferBytes);
    socket.bind({ family: "netlink", port: 0, groups: 0 }); // without a port nothing is notified
    for (const group of groups) socket.setOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    socket.listen({
      onDatagram: (datagram) => {
        for (const { type, body } of messagesOf(datagram)) onEvent({ kind: "message", type, body });
      },
      onError: (error) => {
        if (!isOverflow(error)) throw error;
        drain(socket);
        onEvent({ kind: "lost" });
      },
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/**
 * What waits is older than what will be read again, and would undo it: an address that was added, in
 * the queue, and removed, lost. A storm is left when it outlasts the bound: it will overflow again.
 */
function drain(socket: DatagramSocket): void {
  for (let batches = 0; batches < DRAIN_BATCHES; batches += 1) {
    try {
      if (socket.receive().length === 0) return;
    } catch (error) {
      if (!isOverflow(error)) throw error;
    }
  }
}

const BUFFER_BYTES = 4 << 20;
const DRAIN_BATCHES = 10_000;
const NETLINK_ADD_MEMBERSHIP = 1;
