/** Servers on loopback that mean no good: what they do to whoever connects, until the test is over. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

/** @returns its port */
export async function hostileServer(
  t: TestContext,
  misbehave: (socket: Socket) => void,
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).resume();
    misbehave(socket);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** Says it again and again, as fast as it is taken. */
export function forEver(bytes: Uint8Array): (socket: Socket) => void {
  return (socket) => {
    const more = (): void => {
      while (socket.writable && socket.write(bytes));
    };
    socket.on("drain", more);
    more();
  };
}

/** Byte after byte, many in the time that a test gives it, but never enough. */
export function dripping(bytes: Uint8Array): (socket: Socket) => void {
  return async (socket) => {
    for (let at = 0; socket.writable; at = (at + 1) % bytes.length) {
      socket.write(bytes.subarray(at, at + 1));
      await pause(DRIP_MS);
    }
  };
}

/** Over UDP: what it sends for each datagram, and on and on where `again` says so. */
export async function hostileUdp(
  t: TestContext,
  answers: (query: Uint8Array) => readonly Uint8Array[],
  again = false,
): Promise<number> {
  const socket = createSocket("udp4");
  let isOver = false;
  t.after(() => {
    isOver = true;
    socket.close();
  });
  socket.on("error", () => {});
  socket.on("message", (query, { port, address }) => {
    const send = (): void => {
      if (isOver) return;
      for (const answer of answers(query)) socket.send(answer, port, address);
      if (again) setImmediate(send);
    };
    send();
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket.address().port;
}

const DRIP_MS = 20;
