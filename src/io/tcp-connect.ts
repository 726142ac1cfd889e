/**
 * TCP connections with what must be set before connecting and Node cannot set (tcp(7), socket(7)): the
 * mark that policy routing looks at, and the device.
 */
import { formatIp, type IpBytes } from "../core/addr.ts";
import { encodeInt } from "./datagram-socket.ts";
import { accepted, native, refusal, WRITABLE } from "./native.ts";
import type { Limit } from "./ports.ts";
import { AF_INET, AF_INET6, encodeSockaddr, LITTLE_ENDIAN, type Sockaddr } from "./sockaddr.ts";
import { SO_BINDTODEVICE, SO_ERROR, SO_MARK, SOCK_STREAM, SOL_SOCKET } from "./socket-numbers.ts";
import { refusedOnTheWay, refusedUnsent } from "./unreachable.ts";

export interface TcpConnectOptions {
  readonly to: Extract<Sockaddr, { readonly ip: IpBytes }>;
  readonly source?: Sockaddr; // of this host
  readonly mark?: number; // s32, 0 = none; needs CAP_NET_ADMIN
  readonly ifName?: string; // leaves by this interface alone
}

/**
 * @returns a descriptor for `new net.Socket({ fd })`, which closes it.
 * @throws SystemError of a refusal; the reason of `signal`, which bounds the wait: the kernel alone
 *   tries for two minutes
 */
export function connectTcp(options: TcpConnectOptions, signal: Limit): Promise<number> {
  // No async function: thousands wait at once, and what each keeps of one is more than all of this.
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const subject = subjectOf(options);
    const { fd, errno: begun, isSent } = begin(options, subject);
    const settle = (errno: number): void => {
      if (errno === 0 && !signal.aborted) resolve(fd);
      else {
        native().close(fd);
        reject(errno === 0 ? signal.reason : connectRefusal(errno, subject, isSent));
      }
    };
    // Also then as one that waits: who asks may still think better of it.
    if (begun !== EALREADY) queueMicrotask(() => settle(begun));
    else whenConnected(fd, subject, signal, settle);
  });
}

const subjectOf = ({ to }: TcpConnectOptions): string => `${formatIp(to.ip)} port ${to.port}`;

interface Begun {
  readonly fd: number;
  readonly errno: number; // EALREADY while nothing is known yet
  readonly isSent: boolean; // something has left this host
}

/** @throws SystemError */
function begin({ to, source, mark, ifName }: TcpConnectOptions, subject: string): Begun {
  const family = to.family === "inet" ? AF_INET : AF_INET6;
  const fd = accepted(native().socket(family, SOCK_STREAM, 0), "socket", subject);
  const set = (name: number, value: Uint8Array) =>
    accepted(native().setsockopt(fd, SOL_SOCKET, name, value), "setsockopt", subject);
  try {
    if (mark !== undefined) set(SO_MARK, encodeInt(mark));
    if (ifName !== undefined) set(SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    if (source !== undefined) accepted(native().bind(fd, encodeSockaddr(source)), "bind", subject);
    const address = encodeSockaddr(to);
    const errno = -native().connect(fd, address);
    if (errno !== EINPROGRESS) return { fd, errno, isSent: false };
    // Asked again it says what became of it: on this host that is known by now.
    return { fd, errno: -native().connect(fd, address), isSent: true };
  } catch (error) {
    native().close(fd);
    throw error;
  }
}

/** Tells the errno when the kernel has connected or given up, or 0 when `signal` aborts. */
function whenConnected(
  fd: number,
  subject: string,
  signal: Limit,
  tell: (errno: number) => void,
): void {
  const end = (errno: number): void => {
    if (typeof watch !== "number") native().unwatch(watch);
    signal.removeEventListener("abort", abort);
    tell(errno);
  };
  const abort = (): void => end(0);
  const watch = native().watch(fd, WRITABLE, () => end(pendingError(fd, subject)));
  if (typeof watch === "number") tell(-watch);
  else signal.addEventListener("abort", abort);
}

function pendingError(fd: number, subject: string): number {
  const value = new Uint8Array(4);
  accepted(native().getsockopt(fd, SOL_SOCKET, SO_ERROR, value), "getsockopt", subject);
  return new DataView(value.buffer).getInt32(0, LITTLE_ENDIAN);
}

function connectRefusal(errno: number, subject: string, isSent: boolean): unknown {
  const error = refusal(errno, "connect", subject);
  return isSent ? refusedOnTheWay(error) : refusedUnsent(error);
}

const EALREADY = 114;
const EINPROGRESS = 115;
