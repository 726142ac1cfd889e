/** The `connectTcp` port: a connection of ours in the hands of Node's event loop (tcp(7)). */
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { formatIp, type IpBytes } from "../core/addr.ts";
import { failure } from "./failure.ts";
import type { ByteStream, TcpOptions } from "./ports.ts";
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
  return new Socket({ fd: await connectFd(wanted, signal), readable: true, writable: true });
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
  return {
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
      if (how === "rst" && stream instanceof Socket) stream.resetAndDestroy();
      else if (!stream.destroyed) {
        stream.end();
        stream.resume(); // what still comes is of no interest
        setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
      }
    },
  };
}

export const subjectOf = ({ ip, port }: TcpOptions): string => `${formatIp(ip)} port ${port}`;

const GOODBYE_MS = 1000;
