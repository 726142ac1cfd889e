/** The `NftablesSocket` port: transactions of nf_tables (linux/netfilter/nfnetlink.h). */
import { SystemError } from "../core/errors.ts";
import {
  decodeNetlinkAck,
  encodeNetlinkMessages,
  endsAnswer,
  type NetlinkRequest,
  REQUEST_FLAGS,
} from "../core/netlink/message.ts";
import { asBatch, NETLINK_NETFILTER } from "../core/netlink/nftables.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import { refusal } from "./native.ts";
import { messagesOf, NETLINK_CAP_ACK, NETLINK_EXT_ACK } from "./netlink-socket.ts";
import type { NetlinkAnswer, NftablesSocket } from "./ports.ts";
import { AF_NETLINK } from "./sockaddr.ts";
import { SOCK_RAW, SOL_NETLINK } from "./socket-numbers.ts";

export function openNftables(): NftablesSocket {
  const socket = new DatagramSocket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER, "nftables");
  try {
    for (const option of [NETLINK_CAP_ACK, NETLINK_EXT_ACK])
      socket.setOption(SOL_NETLINK, option, 1);
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    commit: (changes) => {
      socket.send(datagramOf(changes));
      return answerOf(socket, changes.length);
    },
    close: () => socket.close(),
  };
}

/**
 * The last change asks for an ack: the kernel gives it when it has worked through all of them. An ack
 * for the end of the batch is known to newer kernels alone (6.10).
 */
function datagramOf(changes: readonly NetlinkRequest[]): Uint8Array {
  const last = changes.length; // behind the message that begins the batch
  return encodeNetlinkMessages(
    asBatch(changes).map((request, index) => ({
      ...request,
      flags: request.flags | REQUEST_FLAGS.request | (index === last ? REQUEST_FLAGS.ack : 0),
      sequence: index,
      portId: 0,
    })),
  );
}

/** All answers wait already, as the kernel gave them while the changes were sent. */
function answerOf(socket: DatagramSocket, lastSequence: number): NetlinkAnswer["refusal"] {
  let acked = false;
  for (let batch = socket.receive(); batch.length > 0; batch = socket.receive()) {
    for (const message of batch.flatMap(messagesOf)) {
      if (!endsAnswer(message)) continue;
      const ack = decodeNetlinkAck(message);
      if (!ack.ok) throw new SystemError("recvmmsg", "nftables", "bad-answer", ack.fault.code);
      const { errno, detail } = ack.value;
      if (errno !== 0) {
        const { code, detail: meaning } = refusal(errno, "nftables", "nftables");
        drain(socket);
        return { code, detail: detail || meaning };
      }
      acked ||= message.sequence === lastSequence;
    }
  }
  if (acked) return undefined;
  throw new SystemError("recvmmsg", "nftables", "no-answer", "the kernel's answer was lost");
}

/** One refusal tells enough; the others must not answer the next transaction. */
function drain(socket: DatagramSocket): void {
  while (socket.receive().length > 0);
}
