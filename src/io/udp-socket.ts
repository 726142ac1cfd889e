/** The `openUdp` port: a connected UDP socket, to which the kernel tells ICMP errors too (udp(7), icmp(7)). */
import { formatIp } from "../core/addr.ts";
import { DatagramSocket, encodeInt } from "./datagram-socket.ts";
import type { UdpOptions, UdpSocket } from "./ports.ts";
import { AF_INET, AF_INET6, type Sockaddr } from "./sockaddr.ts";
import { SO_BINDTODEVICE, SO_MARK, SOCK_DGRAM, SOL_SOCKET } from "./socket-numbers.ts";
import { refusedOnTheWay, refusedUnsent } from "./unreachable.ts";

/** @throws SystemError */
export function openUdp({ ip, port, source, ifName, mark }: UdpOptions): UdpSocket {
  const subject = `${formatIp(ip)} port ${port}`;
  const family = ip.length === 4 ? AF_INET : AF_INET6;
  const socket = new DatagramSocket(family, SOCK_DGRAM, 0, subject);
  const waiting: Uint8Array[] = [];
  let error: unknown;
  let wake = (): void => {};
  try {
    if (mark !== null) socket.setOption(SOL_SOCKET, SO_MARK, encodeInt(mark));
    if (ifName !== null)
      socket.setOption(SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    if (source !== null) socket.bind(sockaddrOf(source, 0));
    socket.connect(sockaddrOf(ip, port));
    socket.listen({
      onDatagram: ({ bytes }) => {
        if (waiting.length < MOST_WAITING) waiting.push(bytes); // else it is lost, as in the kernel
        wake();
      },
      onError: (cause) => {
        error = refusedOnTheWay(cause);
        wake();
      },
    });
  } catch (cause) {
    socket.close();
    throw refusedUnsent(cause);
  }
  return {
    send: (datagram) => socket.send(datagram),
    async receive(signal) {
      for (;;) {
        signal.throwIfAborted();
        const next = waiting.shift();
        if (next !== undefined) return next;
        if (error !== undefined) {
          const told = error;
          error = undefined; // the kernel tells it once
          throw told;
        }
        await new Promise<void>((resolve) => {
          const end = (): void => {
            signal.removeEventListener("abort", end);
            resolve();
          };
          wake = end;
          signal.addEventListener("abort", end);
        });
      }
    },
    close: () => socket.close(),
  };
}

const sockaddrOf = (ip: UdpOptions["ip"], port: number): Sockaddr =>
  ip.length === 4 ? { family: "inet", ip, port } : { family: "inet6", ip, port, scopeId: 0 };

const MOST_WAITING = 64;
