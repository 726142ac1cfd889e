/**
 * An IP socket of the package `raw-socket` (raw(7)), with what it lacks made up for: errors with an
 * errno, sending in this turn of the loop, and a receive handler in which promises work.
 */
import { type Family, formatIp, type IpBytes } from "../core/addr.ts";
import { monotonicMs } from "./clock.ts";
import { encodeInt } from "./datagram-socket.ts";
import { native, refusal, requirePackage } from "./native.ts";
import type { Closable } from "./ports.ts";

export class RawSocket implements Closable {
  readonly #socket: Socket;
  readonly #subject: string;
  #closed: boolean = false;

  /** `subject` names the socket in errors. */
  constructor(family: Family, protocol: number, subject: string) {
    this.#subject = subject;
    const { createSocket } = requirePackage("raw-socket") as Package;
    const addressFamily = family === 4 ? 1 : 2;
    this.#socket = this.#try("socket", () =>
      createSocket({ addressFamily, protocol, bufferSize: MAX_PACKET }),
    );
    // The package lets children inherit its sockets. Before Linux 5.11 there is no cure.
    native().closeAllOnExec();
  }

  /** A number is stored as an int of the host. */
  setOption(level: number, name: number, value: number | Uint8Array): void {
    const bytes = typeof value === "number" ? encodeInt(value) : value;
    this.#try("setsockopt", () => this.#socket.setOption(level, name, bytes, bytes.length));
  }

  /** Not the package's own `send`, which queues until the next turn of the loop. */
  send(payload: Uint8Array, destination: IpBytes): void {
    if (this.#closed) throw refusal(EBADF, "sendto", this.#subject); // the package would reopen it
    const to = formatIp(destination);
    try {
      this.#socket.wrap.send(payload, 0, payload.length, to, ignore);
    } catch (error) {
      throw refusal(errnoOf(error), "sendto", `${this.#subject} to ${to}`);
    }
  }

  /**
   * Drops what waits and hands on what comes from now on: a raw socket queues packets of every
   * interface until it is bound to one.
   * @param onPacket over IPv4 gets the packet with its IP header; `receivedMs` is of `monotonicMs`
   */
  listen(onPacket: (packet: Uint8Array, receivedMs: number) => void): void {
    this.#drain();
    const { wrap, buffer } = this.#socket;
    const take = (_: Uint8Array, length: number): void => {
      const receivedMs = monotonicMs();
      const packet = new Uint8Array(buffer.subarray(0, length)); // a copy: the buffer is used again
      // The package calls back outside of Node's callback scope, where promise jobs would be left
      // waiting; the check phase of this same turn has one.
      setImmediate(() => {
        if (!this.#closed) onPacket(packet, receivedMs);
      });
    };
    // Its own handler hands each packet on by one more event and one more buffer: work that is felt
    // at short intervals. An unconnected raw socket has no pending errors: one would be a bug.
    wrap.removeAllListeners("recvReady");
    wrap.on("recvReady", () => void wrap.recv(buffer, take));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }

  #drain(): void {
    const buffer = new Uint8Array(1);
    for (let packets = 0; packets < MAX_QUEUED; packets++) {
      try {
        this.#socket.wrap.recv(buffer, ignore);
      } catch {
        return; // EAGAIN
      }
    }
  }

  #try<T>(op: string, call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw refusal(errnoOf(error), op, this.#subject);
    }
  }
}

/** The package gives the C library's text alone. @throws the error itself where it is none of those. */
function errnoOf(error: unknown): number {
  if (error instanceof Error) {
    for (let errno = 1; errno <= LAST_ERRNO; errno++) {
      if (native().strerror(errno) === error.message) return errno;
    }
  }
  throw error;
}

/** What is used of the package, which has no types of its own. */
interface Package {
  createSocket(options: {
    addressFamily: number; // 1 is IPv4, 2 is IPv6
    protocol: number;
    bufferSize: number;
  }): Socket;
}

interface Socket {
  readonly wrap: {
    send(from: Uint8Array, offset: number, length: number, to: string, done: () => void): void;
    recv(into: Uint8Array, done: (into: Uint8Array, length: number) => void): void;
    removeAllListeners(event: "recvReady"): void;
    on(event: "recvReady", handler: () => void): void;
  };
  readonly buffer: Uint8Array;
  setOption(level: number, name: number, value: Uint8Array, length: number): void;
  close(): void;
}

const ignore = (): void => {};
const MAX_PACKET = 65_535;
const MAX_QUEUED = 4096; // more than the default receive buffer holds
const LAST_ERRNO = 133;
const EBADF = 9;
