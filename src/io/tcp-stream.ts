/**
 * The `connectTcp` port: a connection (tcp(7)), which is a descriptor alone until somebody reads or writes.
 * Most that checks open are closed at once, and a stream of Node's costs more than all else about them.
 */
import { Socket } from "node:net";
import { formatIp, type IpBytes } from "../core/addr.ts";
import { byteStream, duplexes } from "./byte-stream.ts";
import { encodeInt } from "./datagram-socket.ts";
import { sayGoodbye } from "./goodbye.ts";
import { accepted, native } from "./native.ts";
import type { ByteStream, Endpoint, Limit, TcpOptions } from "./ports.ts";
import { decodeSockaddr } from "./sockaddr.ts";
import { SO_LINGER, SOL_SOCKET } from "./socket-numbers.ts";
import { connectTcp as connectFd, type TcpConnectOptions } from "./tcp-connect.ts";

/** @throws SystemError, the reason of `signal` */
export function connectTcp(options: TcpOptions, signal: Limit): Promise<ByteStream> {
  const { ip, port, source, ifName, mark } = options;
  const wanted: TcpConnectOptions = {
    to: sockaddrOf(ip, port),
    ...(source === null ? {} : { source: sockaddrOf(source, 0) }),
    ...(ifName === null ? {} : { ifName }),
    ...(mark === null ? {} : { mark }),
  };
  return connectFd(wanted, signal).then((fd) => new TcpStream(fd, `${formatIp(ip)} port ${port}`));
}

/** Our end of it. @throws SystemError once it is closed */
export function localEnd(stream: ByteStream): Endpoint {
  if (!(stream instanceof TcpStream)) throw new TypeError("no stream of connectTcp");
  return stream.localEnd();
}

/** Before `stream` is destroyed: the other end shall see RST. Also below TLS, where Node's own way fails. */
export function cutOff(stream: ByteStream): void {
  if (stream instanceof TcpStream) stream.cutOff();
}

const sockaddrOf = (ip: IpBytes, port: number): TcpConnectOptions["to"] =>
  ip.length === 4 ? { family: "inet", ip, port } : { family: "inet6", ip, port, scopeId: 0 };

class TcpStream implements ByteStream {
  #fd: number; // -1 once we have closed it
  readonly #subject: string;
  #node: { readonly socket: Socket; readonly stream: ByteStream } | undefined; // has the descriptor then

  constructor(fd: number, subject: string) {
    this.#fd = fd;
    this.#subject = subject;
    duplexes.set(this, () => this.#open().socket);
  }

  async read(signal: Limit): Promise<Uint8Array | undefined> {
    return this.#fd < 0 ? undefined : await this.#open().stream.read(signal);
  }

  async write(bytes: Uint8Array, signal: Limit): Promise<void> {
    await this.#open().stream.write(bytes, signal);
  }

  close(how: "fin" | "rst"): void {
    if (this.#node !== undefined) this.#node.stream.close(how);
    else if (this.#fd >= 0) {
      if (how === "rst") this.cutOff();
      if (how === "rst") native().close(this.#fd);
      else sayGoodbye(this.#fd);
      this.#fd = -1;
    }
  }

  cutOff(): void {
    if (this.#fd < 0 || this.#node?.socket.destroyed) return; // the number may be another's by now
    native().setsockopt(this.#fd, SOL_SOCKET, SO_LINGER, NO_LINGERING);
  }

  localEnd(): Endpoint {
    const name = accepted(native().getsockname(this.#fd), "getsockname", this.#subject);
    const address = decodeSockaddr(name);
    if (!address.ok || !("ip" in address.value)) throw new TypeError("no socket of IP");
    return { ip: address.value.ip, port: address.value.port };
  }

  #open(): { readonly socket: Socket; readonly stream: ByteStream } {
    if (this.#node === undefined) {
      const socket = new Socket({ fd: this.#fd, readable: true, writable: true });
      const stream = byteStream(socket, this.#subject, () => this.cutOff());
      this.#node = { socket, stream };
    }
    return this.#node;
  }
}

/** struct linger of socket(7): on, for no time. */
const NO_LINGERING = Uint8Array.of(...encodeInt(1), ...encodeInt(0));
