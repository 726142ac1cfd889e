/** What happens to processes: the `watchProcesses` port, by the kernel's connector (linux/cn_proc.h). */
import { SystemError } from "../core/errors.ts";
import { encodeNetlinkMessages } from "../core/netlink/message.ts";
import {
  decodeProcEvent,
  NETLINK_CONNECTOR,
  PROC_GROUP,
  procListen,
} from "../core/netlink/proc-connector.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import { messagesOf } from "./netlink-socket.ts";
import type { Closable, ProcessEvent } from "./ports.ts";
import { AF_NETLINK } from "./sockaddr.ts";
import { SO_RCVBUF, SO_RCVBUFFORCE, SOCK_DGRAM, SOL_SOCKET } from "./socket-numbers.ts";

/** Threads are passed over. @throws SystemError */
export function watchProcesses(
  onEvent: (event: ProcessEvent) => void,
  bufferBytes = BUFFER_BYTES,
): Closable {
  const socket = new DatagramSocket(AF_NETLINK, SOCK_DGRAM, NETLINK_CONNECTOR, "proc connector");
  const ask = (listen: boolean): void => {
    const message = { ...procListen(listen), sequence: 0, portId: 0 };
    socket.send(encodeNetlinkMessages([message]), { family: "netlink", port: 0, groups: 0 });
  };
  try {
    setBuffer(socket, bufferBytes);
    socket.bind({ family: "netlink", port: 0, groups: PROC_GROUP });
    socket.listen({
      onDatagram: (datagram) => {
        for (const { body } of messagesOf(datagram)) tell(body, onEvent);
      },
      onError: (error) => {
        if (!(error instanceof SystemError) || error.code !== "ENOBUFS") throw error;
        onEvent({ kind: "lost" });
      },
    });
    ask(true);
  } catch (error) {
    socket.close();
    throw error;
  }
  let isOpen = true;
  return {
    close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        ask(false); // the kernel counts its listeners and is quicker without any
      } catch {
        // it goes on without us all the same
      }
      socket.close();
    },
  };
}

function tell(body: Uint8Array, onEvent: (event: ProcessEvent) => void): void {
  const decoded = decodeProcEvent(body);
  if (!decoded.ok || decoded.value.kind === "other") return;
  const event = decoded.value;
  const { pid, tgid } = event;
  if (pid !== tgid) return;
  if (event.kind === "fork") onEvent({ kind: "started", pid, parentPid: event.parentTgid });
  else onEvent({ kind: event.kind === "exit" ? "ended" : "renamed", pid });
}

/** The system's limit on buffers holds for everybody but the administrator. */
function setBuffer(socket: DatagramSocket, bytes: number): void {
  try {
    socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes);
  } catch {
    socket.setOption(SOL_SOCKET, SO_RCVBUF, bytes);
  }
}

const BUFFER_BYTES = 1 << 20;
