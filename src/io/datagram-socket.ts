/**
 * A socket that carries whole messages, of any family (socket(7)): netlink, AF_PACKET, raw IPv6, UDP.
 * Nothing here blocks; whatever the kernel refuses is thrown as `SystemError` with its system call.
 */
import type { BpfInstruction } from "../core/bpf.ts";
import { accepted, native, type RawDatagram, READABLE, refusal, type Watch } from "./native.ts";
import type { Closable } from "./ports.ts";
import { AF_PACKET, encodeSockaddr, LITTLE_ENDIAN, type Sockaddr } from "./sockaddr.ts";
import type { StampedDatagrams } from "./stamped-datagram.ts";

export interface DatagramHandlers {
  onDatagram(datagram: RawDatagram): void;
  /** A pending error of the socket, told once: ENOBUFS, ENETDOWN, ... */
  onError(error: unknown): void;
}

export class DatagramSocket implements Closable {
  #fd: number; // -1 once closed: the kernel then answers EBADF
  readonly #family: number;
  readonly #subject: string;
  #watch: Watch | undefined;

  /** `subject` names the socket in errors: "eth0", "netlink". */
  constructor(family: number, type: number, protocol: number, subject: string) {
    this.#family = family;
    this.#subject = subject;
    this.#fd = accepted(native().socket(family, type, protocol), "socket", subject);
  }

  bind(address: Sockaddr): void {
    accepted(native().bind(this.#fd, encodeSockaddr(address)), "bind", this.#subject);
  }

  connect(address: Sockaddr): void {
    accepted(native().connect(this.#fd, encodeSockaddr(address)), "connect", this.#subject);
  }

  /** The sockaddr this socket is bound to, for `decodeSockaddr`. */
  name(): Uint8Array {
    return accepted(native().getsockname(this.#fd), "getsockname", this.#subject);
  }

  /** A number is stored as an int of the host. */
  setOption(level: number, name: number, value: number | Uint8Array): void {
    const bytes = typeof value === "number" ? encodeInt(value) : value;
    accepted(native().setsockopt(this.#fd, level, name, bytes), "setsockopt", this.#subject);
  }

  /** @returns at most `length` bytes. */
  getOption(level: number, name: number, length: number): Uint8Array {
    const value = new Uint8Array(length);
    const filled = native().getsockopt(this.#fd, level, name, value);
    return value.slice(0, accepted(filled, "getsockopt", this.#subject));
  }

  /** The kernel drops what the program answers 0 for. */
  attachFilter(program: readonly BpfInstruction[]): void {
    const bytes = encodeFilter(program);
    accepted(native().attachFilter(this.#fd, bytes), "setsockopt", this.#subject);
  }

  /** Without an address: to the connected peer, or where the socket is bound (AF_PACKET). */
  send(datagram: Uint8Array, to?: Sockaddr): void {
    this.sendMany([datagram], to);
  }

  /** The same, with an address that `encodeSockaddr` has made: for who sends to thousands. */
  sendTo(datagram: Uint8Array, sockaddr: Uint8Array): void {
    accepted(native().sendmmsg(this.#fd, [datagram], sockaddr), "sendmmsg", this.#subject);
  }

  /** Sends all, in order. @throws SystemError at the first that is refused; those before it are out. */
  sendMany(datagrams: readonly Uint8Array[], to?: Sockaddr): void {
    const address = to === undefined ? undefined : encodeSockaddr(to);
    for (let sent = 0; sent < datagrams.length; ) {
      const left = sent === 0 ? datagrams : datagrams.slice(sent);
      sent += accepted(native().sendmmsg(this.#fd, left, address), "sendmmsg", this.#subject);
    }
  }

  /** What waits now, at most 16 datagrams of at most 64 KiB; empty when nothing does. */
  receive(): RawDatagram[] {
    scratch ??= new Uint8Array(BATCH * MAX_BYTES);
    const answer = native().recvmmsg(this.#fd, scratch, MAX_BYTES);
    if (typeof answer !== "number") return answer;
    if (answer === -EAGAIN) return [];
    throw refusal(-answer, "recvmmsg", this.#subject);
  }

  /**
   * Fills the memory with what waits, without an object for each; or with what waits in the error
   * queue. @returns how many, at most 32. @throws SystemError for a pending error of the socket, once
   */
  receiveStamped(into: StampedDatagrams, queue: "data" | "errors"): number {
    const flags = queue === "errors" ? MSG_ERRQUEUE : 0;
    const { memory, slotBytes } = into;
    const answer = native().receiveStamped(this.#fd, flags, memory, slotBytes);
    return answer === -EAGAIN ? 0 : accepted(answer, "recvmmsg", this.#subject);
  }

  /** Receives one batch in each turn of the loop; keeps the process alive until `close`. */
  listen(handlers: DatagramHandlers): void {
    this.whenReadable(() => this.#deliver(handlers));
  }

  /** Calls `run` in each turn of the loop in which `receive` has something; likewise. */
  whenReadable(run: () => void): void {
    if (this.#watch !== undefined) throw new TypeError("already listening");
    this.#watch = accepted(native().watch(this.#fd, READABLE, run), "watch", this.#subject);
  }

  close(): void {
    if (this.#fd < 0) return;
    if (this.#watch !== undefined) native().unwatch(this.#watch);
    if (this.#family === AF_PACKET) native().closeAside(this.#fd);
    else native().close(this.#fd);
    this.#fd = -1;
  }

  #deliver(handlers: DatagramHandlers): void {
    let batch: RawDatagram[];
    try {
      batch = this.receive();
    } catch (error) {
      handlers.onError(error);
      return;
    }
    for (const datagram of batch) {
      if (this.#fd < 0) return; // closed by the handler
      handlers.onDatagram(datagram);
    }
  }
}

/** A C int of this host. */
export function encodeInt(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, LITTLE_ENDIAN);
  return bytes;
}

function encodeFilter(program: readonly BpfInstruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, { code, jt, jf, k }] of program.entries()) {
    view.setUint16(index * 8, code, LITTLE_ENDIAN);
    view.setUint8(index * 8 + 2, jt);
    view.setUint8(index * 8 + 3, jf);
    view.setUint32(index * 8 + 4, k, LITTLE_ENDIAN);
  }
  return bytes;
}

/** Shared by all sockets: the addon copies out of it before it returns. Untouched pages cost nothing. */
let scratch: Uint8Array | undefined;

const BATCH = 16;
const MAX_BYTES = 65_536;
const EAGAIN = 11;
const MSG_ERRQUEUE = 0x2000;
