/** What happens to processes: the `watchProcesses` port, by the kernel's connector (linux/cn_proc.h). */
import { SystemError } from "../core/errors.ts";
import { encodeNetlinkMessages } from "../core/netlink/message.ts";
import {
  decodeProcEvent,
  NETLINK_CONNECTOR,
  PROC_GROUP,
  type ProcEvent,
  procListen,
} from "../core/netlink/proc-connector.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import type { RawDatagram } from "./native.ts";
import { isOverflow, messagesOf, setReceiveBuffer } from "./netlink-socket.ts";
import type { Closable, ProcessEvent } from "./ports.ts";
import { AF_NETLINK } from "./sockaddr.ts";
import { SOCK_DGRAM } from "./socket-numbers.ts";

/** Threads are passed over. @throws SystemError, also where the kernel would leave us without any event */
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
    setReceiveBuffer(socket, bufferBytes);
    socket.bind({ family: "netlink", port: 0, groups: PROC_GROUP });
    if (!isGranted(socket, () => ask(true))) throw new SystemError(...REFUSED);
    socket.listen({
      onDatagram: (datagram) => {
        for (const event of eventsOf(datagram)) tell(event, onEvent);
      },
      onError: (error) => {
        if (!isOverflow(error)) throw error;
        onEvent({ kind: "lost" });
      },
    });
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

/**
 * The kernel answers while the request is being sent, so the answer waits already, behind events that
 * are older than the watch. Where they left it no room, somebody is told, so the kernel does tell.
 */
function isGranted(socket: DatagramSocket, request: () => void): boolean {
  try {
    request();
    for (let batches = 0; batches < ANSWER_BATCHES; batches += 1) {
      const batch = socket.receive();
      const answer = batch.flatMap(eventsOf).find((event) => event.kind === "answer");
      if (answer !== undefined) return answer.errno === 0;
      if (batch.length === 0) break;
    }
    return false;
  } catch (error) {
    if (isOverflow(error)) return true;
    if (error instanceof SystemError && error.code === "ECONNREFUSED") return false; // of a namespace
    throw error;
  }
}

const eventsOf = (datagram: RawDatagram): ProcEvent[] =>
  messagesOf(datagram).flatMap(({ body }) => {
    const decoded = decodeProcEvent(body);
    return decoded.ok ? [decoded.value] : [];
  });

function tell(event: ProcEvent, onEvent: (event: ProcessEvent) => void): void {
  if (event.kind === "answer" || event.kind === "other") return;
  const { pid, tgid } = event;
  if (pid !== tgid) return;
  if (event.kind === "fork") onEvent({ kind: "started", pid, parentPid: event.parentTgid });
  else onEvent({ kind: event.kind === "exit" ? "ended" : "renamed", pid });
}

const REFUSED = [
  "listen to",
  "proc connector",
  "not-told",
  "the kernel tells only root, outside of namespaces and containers",
] as const;
const BUFFER_BYTES = 1 << 20;
const ANSWER_BATCHES = 1000;
