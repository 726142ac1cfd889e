/** The `NetlinkSocket` port: requests and their answers (netlink(7), linux/netlink.h). */
import { SystemError } from "../core/errors.ts";
import {
  decodeNetlinkMessages,
  type NetlinkMessage,
  type NetlinkRequest,
} from "../core/netlink/message.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import type { RawDatagram } from "./native.ts";
import { NetlinkConversation, packRequests } from "./netlink-conversation.ts";
import type { NetlinkAnswer, NetlinkSocket } from "./ports.ts";
import { AF_NETLINK, decodeSockaddr } from "./sockaddr.ts";
import { SO_RCVBUF, SO_RCVBUFFORCE, SOCK_RAW, SOL_NETLINK, SOL_SOCKET } from "./socket-numbers.ts";

/** `protocol` as in linux/netlink.h: 0 is NETLINK_ROUTE. Needs Linux 4.20. */
export function openNetlink(protocol: number): NetlinkSocket {
  const socket = new DatagramSocket(AF_NETLINK, SOCK_RAW, protocol, "netlink");
  try {
    for (const option of [NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK]) {
      socket.setOption(SOL_NETLINK, option, 1);
    }
  } catch (error) {
    socket.close();
    throw error;
  }
  return new CommandSocket(socket);
}

class CommandSocket implements NetlinkSocket {
  readonly #socket: DatagramSocket;
  #sequence = 0;

  constructor(socket: DatagramSocket) {
    this.#socket = socket;
  }

  transact(requests: readonly NetlinkRequest[]): NetlinkAnswer[] {
    return packRequests(requests).flatMap((pack) => this.#exchange(pack));
  }

  close(): void {
    this.#socket.close();
  }

  #exchange(pack: readonly NetlinkRequest[]): NetlinkAnswer[] {
    for (let round = 0; round < DUMP_ROUNDS; round += 1) {
      const conversation = new NetlinkConversation(pack, this.#sequence + 1);
      this.#sequence += pack.length;
      this.#socket.send(conversation.datagram);
      while (!conversation.ended) {
        for (const message of this.#receive()) conversation.take(message);
      }
      if (!conversation.interrupted) return conversation.answers();
    }
    throw failure("dump-interrupted", "the list changed each time that it was read");
  }

  /** All answers wait already, as the kernel gave them while the requests were sent. */
  #receive(): NetlinkMessage[] {
    const datagrams = this.#socket.receive();
    if (datagrams.length === 0) throw failure("no-answer", "the kernel's answer was lost");
    return datagrams.flatMap(messagesOf);
  }
}

/** The messages of a datagram; none if it comes from another program. @throws SystemError `bad-answer` */
export function messagesOf({ bytes, from, truncated }: RawDatagram): NetlinkMessage[] {
  const sender = decodeSockaddr(from);
  if (!sender.ok || sender.value.family !== "netlink" || sender.value.port !== 0) return [];
  const messages = decodeNetlinkMessages(bytes);
  if (truncated) throw failure("bad-answer", `over ${bytes.length} bytes`);
  if (!messages.ok) throw failure("bad-answer", messages.fault.code);
  return messages.value;
}

/** The system's limit on buffers holds for everybody but the administrator. */
export function setReceiveBuffer(socket: DatagramSocket, bytes: number): void {
  try {
    socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes);
  } catch {
    socket.setOption(SOL_SOCKET, SO_RCVBUF, bytes);
  }
}

/** The kernel had more to tell than the buffer holds. */
export const isOverflow = (error: unknown): boolean =>
  error instanceof SystemError && error.code === "ENOBUFS";

const failure = (code: string, detail: string): SystemError =>
  new SystemError("recvmmsg", "netlink", code, detail);

export const NETLINK_CAP_ACK = 10;
export const NETLINK_EXT_ACK = 11;
const NETLINK_GET_STRICT_CHK = 12;
const DUMP_ROUNDS = 10;
