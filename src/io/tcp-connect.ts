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
export async function connectTcp(options: TcpConnectOptions, signal: Limit): Promise<number> {
  signal.throwIfAborted();
  const { to, source, mark, ifName } = options;
  const subject = `${formatIp(to.ip)} port ${to.port}`;
  const family = to.family === "inet" ? AF_INET : AF_INET6;
  const fd = accepted(native().socket(family, SOCK_STREAM, 0), "socket", subject);
  const set = (name: number, value: Uint8Array) =>
    accepted(native().setsockopt(fd, SOL_SOCKET, name, value), "setsockopt", subject);
  try {
    if (mark !== undefined) set(SO_MARK, encodeInt(mark));
    if (ifName !== undefined) set(SO_BINDTODEVICE, new TextEncoder().encode(ifName));
    if (source !== undefined) accepted(native().bind(fd, encodeSockaddr(source)), "bind", subject);
    const address = encodeSockaddr(to);
    let errno = -native().connect(fd, address);
    const isSent = errno === EINPROGRESS;
    // Asked again it says what became of it: on this host that is known by now.
    if (isSent) errno = -native().connect(fd, address);
    if (errno === EALREADY) await outcome(fd, subject, signal);
    else {
      await Promise.resolve(); // as one that waits: who asks may still think better of it
      if (errno !== 0) throw connectRefusal(errno, subject, isSent);
      signal.throwIfAborted();
    }
    return fd;
  } catch (error) {
    native().close(fd);
    throw error;
  }
}

/** Waits until the kernel has connected. */
function outcome(fd: number, subject: string, signal: Limit): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      native().unwatch(watch);
      signal.removeEventListener("abort", abort);
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    const onEnd = (): void => {
      const value = new Uint8Array(4);
      accepted(native().getsockopt(fd, SOL_SOCKET, SO_ERROR, value), "getsockopt", subject);
      const errno = new DataView(value.buffer).getInt32(0, LITTLE_ENDIAN);
      end(() => (errno === 0 ? resolve() : reject(connectRefusal(errno, subject, true))));
    };
    const watch = accepted(native().watch(fd, WRITABLE, onEnd), "watch", subject);
    signal.addEventListener("abort", abort);
  });
}

function connectRefusal(errno: number, subject: string, isSent: boolean): unknown {
  const error = refusal(errno, "connect", subject);
  return isSent ? refusedOnTheWay(error) : refusedUnsent(error);
}

const EALREADY = 114;
const EINPROGRESS = 115;
