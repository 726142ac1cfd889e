/**
 * A name that one process of a network namespace can hold: an abstract AF_UNIX address (unix(7)).
 * Nothing is listened to; the kernel frees the name with the process, however it ends.
 */
import { SystemError } from "../core/errors.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import type { Closable } from "./ports.ts";
import { AF_UNIX } from "./sockaddr.ts";
import { SOCK_STREAM } from "./socket-numbers.ts";

/** @returns undefined while somebody else holds the name. */
export function claimName(name: string): Closable | undefined {
  const socket = new DatagramSocket(AF_UNIX, SOCK_STREAM, 0, name);
  try {
    socket.bind({ family: "unix", abstractName: `vipkit/${name}` });
    return socket;
  } catch (error) {
    socket.close();
    if (error instanceof SystemError && error.code === "EADDRINUSE") return undefined;
    throw error;
  }
}
