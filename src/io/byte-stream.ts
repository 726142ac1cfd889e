/** The `connectTcp` port: a connection of ours in the hands of Node's event loop (tcp(7)). */
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { formatIp, type IpBytes } from "../core/addr.ts";
import { encodeInt } from "./datagram-socket.ts";
import { failure } from "./failure.ts";
import { native } from "./native.ts";
import type { ByteStream, TcpOptions } from "./ports.ts";
import { SO_LINGER, SOL_SOCKET } from "./socket-numbers.ts";
import { connectTcp as connectFd, type TcpConnectOptions } from "./tcp-connect.ts";

/** @throws SystemError, the reason of `signal` */
export async function connectTcp(options: TcpOptions, signal: AbortSignal): Promise<ByteStream> {
  return byteStream(await connectSocket(options, signal), subjectOf(options));
}

/** The same as Node has it, for TLS and HTTP. */
export async function connectSocket(options: TcpOptions, signal: AbortSignal): Promise<Socket> {
  const { ip, port, source, ifName, mark } = options;
  const wanted: TcpConnectOptions = {
    to: sockaddrOf(ip, port),
    ...(source === null ? {} : { source: sockaddrOf(source, 0) }),
    ...(ifName === null ? {} : { ifName }),
    ...(mark === null ? {} : { mark }),
  };
  const fd = await connectFd(wanted, signal);
  const socket = new Socket({ fd, readable: true, writable: true });
  descriptors.set(socket, fd);
  return socket;
}

const sockaddrOf = (ip: IpBytes, port: number): TcpConnectOptions["to"] =>
  ip.length === 4 ? { family: "inet", ip, port } : { family: "inet6", ip, port, scopeId: 0 };

/** @param subject names it in errors */
export function byteStream(stream: Duplex, subject: string): ByteStream {
  let error: Error | undefined;
  stream.on("error", (cause) => {
    error = cause;
  });
  /** Until one of the events, which all mean that there is something new. */
  const wait = (events: readonly string[], signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        for (const event of events) stream.off(event, end);
        signal.removeEventListener("abort", end);
        resolve();
      };
      for (const event of events) stream.on(event, end);
      signal.addEventListener("abort", end);
    });
  const bytes: ByteStream = {
    async read(signal) {
      for (;;) {
        signal.throwIfAborted();
        const bytes = stream.read() as Uint8Array | null;
        if (bytes !== null) return bytes;
        if (error !== undefined) throw failure("read", subject, error);
        if (stream.readableEnded || stream.destroyed) return undefined;
        await wait(["readable", "end", "error", "close"], signal);
      }
    },
    async write(bytes, signal) {
      if (error !== undefined) throw failure("write", subject, error);
      if (!stream.write(bytes)) await wait(["drain", "error", "close"], signal);
      signal.throwIfAborted();
      if (error !== undefined) throw failure("write", subject, error);
    },
    close(how) {
      if (how === "rst") {
        lingerNot(stream);
        stream.destroy();
      } else if (!stream.destroyed) {
        stream.end();
        stream.resume(); // what still comes is of no interest
        setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
      }
    },
  };
  duplexes.set(bytes, stream);
  return bytes;
}

/** What Node's own protocols need: the stream below one of ours, with what was read ahead. */
export function duplexOf(stream: ByteStream): Duplex {
  const duplex = duplexes.get(stream);
  if (duplex === undefined) throw new TypeError("no stream of connectTcp or startTls");
  return duplex;
}

/** When it is closed, the kernel sends RST: Node's own `resetAndDestroy` cannot be had below TLS. */
export function lingerNot(stream: Duplex): void {
  const fd = stream.destroyed ? undefined : descriptors.get(stream);
  if (fd !== undefined) native().setsockopt(fd, SOL_SOCKET, SO_LINGER, LINGER_NOT);
}

const descriptors = new WeakMap<Duplex, number>();
const duplexes = new WeakMap<ByteStream, Duplex>();

export const subjectOf = ({ ip, port }: TcpOptions): string => `${formatIp(ip)} port ${port}`;

/** struct linger of socket(7): on, for no time. */
const LINGER_NOT = Uint8Array.of(...encodeInt(1), ...encodeInt(0));
const GOODBYE_MS = 1000;
