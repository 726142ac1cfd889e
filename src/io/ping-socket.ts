/**
 * The `PingSocket` port: an ICMP socket without privilege where net.ipv4.ping_group_range lets this
 * process have one (icmp(7)), a raw one (raw(7)) where not. What routers and this host say of a request
 * comes by the error queue of either (IP_RECVERR of ip(7)).
 */
import type { Family } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import { monotonicMs } from "./clock.ts";
import { DatagramSocket } from "./datagram-socket.ts";
import { setUpPing } from "./ping-options.ts";
import type { PingOptions, PingSocket } from "./ports.ts";
import { AF_INET, AF_INET6, encodeSockaddr, type Sockaddr } from "./sockaddr.ts";
import { SOCK_DGRAM, SOCK_RAW } from "./socket-numbers.ts";
import { type StampedDatagram, StampedDatagrams } from "./stamped-datagram.ts";

/**
 * Not by the package `raw-socket`: it can neither bind, nor read the error queue, nor show when and with
 * which TTL something came, and of an ICMP socket without privilege it knows nothing.
 */
export function openPing(options: PingOptions): PingSocket {
  const { method, socket } = openEither(options.family);
  try {
    return new EchoSocket(method, socket, options);
  } catch (error) {
    socket.close();
    throw error;
  }
}

function openEither(family: Family): { method: "dgram" | "raw"; socket: DatagramSocket } {
  const [domain, protocol] = family === 4 ? [AF_INET, IPPROTO_ICMP] : [AF_INET6, IPPROTO_ICMPV6];
  const open = (type: number) => new DatagramSocket(domain, type, protocol, SUBJECTS[family]);
  try {
    return { method: "dgram", socket: open(SOCK_DGRAM) };
  } catch (error) {
    if (!(error instanceof SystemError)) throw error; // not allowed, or this kernel has none
  }
  try {
    return { method: "raw", socket: open(SOCK_RAW) };
  } catch (cause) {
    if (!isForbidden(cause)) throw cause;
    throw new SystemError("open", SUBJECTS[family], "not-permitted", HELP, { cause });
  }
}

class EchoSocket implements PingSocket {
  readonly method: "dgram" | "raw";
  readonly identifier: number | null;
  readonly #socket: DatagramSocket;
  readonly #options: PingOptions;
  readonly #received: StampedDatagrams;
  readonly #to: Uint8Array; // sockaddr of the destination, written over each time
  readonly #addressAt: number;
  #isClosed: boolean = false;

  constructor(method: "dgram" | "raw", socket: DatagramSocket, options: PingOptions) {
    this.method = method;
    this.identifier = method === "dgram" ? null : Math.floor(Math.random() * 0x10000);
    this.#socket = socket;
    this.#options = options;
    this.#received = new StampedDatagrams(options.family, MOST_BYTES);
    const { family } = options;
    this.#to = encodeSockaddr(ANYBODY[family]);
    this.#addressAt = family === 4 ? 4 : 8;
    setUpPing(socket, method, options);
    socket.whenReadable(() => this.#take());
  }

  /** What the socket was told of an earlier request is thrown at the next one: then once more. */
  send(request: Uint8Array, destination: Uint8Array): number {
    this.#to.set(destination, this.#addressAt);
    for (let left = MOST_PENDING; ; left -= 1) {
      const sentMs = monotonicMs();
      try {
        this.#socket.sendTo(request, this.#to);
        return sentMs;
      } catch (error) {
        if (left === 0 || !isTold(error)) throw error;
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.close();
  }

  #take(): void {
    this.#drain("data", (n) => this.#onData(this.#received.at(n, this.#headerBytesOf(n))));
    this.#drain("errors", (n) => this.#onError(this.#received.at(n)));
  }

  #drain(queue: "data" | "errors", hand: (n: number) => void): void {
    for (let batches = 0; batches < MOST_BATCHES && !this.#isClosed; batches += 1) {
      const count = this.#fill(queue);
      for (let n = 0; n < count && !this.#isClosed; n += 1) hand(n);
      if (count < BATCH) return;
    }
  }

  /** A pending error of the socket is that of a request, whose story the error queue tells. */
  #fill(queue: "data" | "errors"): number {
    for (let left = MOST_PENDING; left > 0; left -= 1) {
      try {
        return this.#socket.receiveStamped(this.#received, queue);
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
      }
    }
    return 0;
  }

  #onData({ address, bytes, receivedMs, hops, truncated }: StampedDatagram): void {
    if (truncated) return;
    this.#options.onReply({ receivedMs, source: address, ttl: hops, message: bytes });
  }

  /** A raw IPv4 socket shows the IP header too, which the kernel has checked. */
  #headerBytesOf(n: number): number {
    if (this.method === "dgram" || this.#options.family === 6) return 0;
    return (this.#received.byteAt(n, 0) & 0x0f) * 4;
  }

  #onError({ address, bytes, receivedMs, error }: StampedDatagram): void {
    if (error === null || !FROM_ICMP.has(error.origin)) return; // of this host: `send` has thrown it
    const { type, code, info, offender } = error;
    this.#options.onRefusal({
      receivedMs,
      destination: address,
      request: bytes,
      sender: offender,
      type,
      code,
      mtu: info === 0 ? null : info,
    });
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof SystemError && (error.code === "EACCES" || error.code === "EPERM");

/** Whether it may be what an ICMP message told of another request. */
const isTold = (error: unknown): boolean => error instanceof SystemError && TOLD.has(error.code);

/** What the kernel makes of ICMP errors (icmp_err_convert of net/ipv4/icmp.c, net/ipv6/icmp.c). */
const TOLD: ReadonlySet<string> = new Set([
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ENOPROTOOPT",
  "ECONNREFUSED",
  "EMSGSIZE",
  "EOPNOTSUPP",
  "EHOSTDOWN",
  "ENONET",
  "EPROTO",
  "EACCES",
  "EREMOTEIO",
]);

const SUBJECTS = { 4: "ICMP socket", 6: "ICMPv6 socket" } as const;
const HELP =
  "neither an ICMP socket nor a raw one is allowed here; either of these helps: " +
  'sysctl -w net.ipv4.ping_group_range="0 2147483647", or CAP_NET_RAW: run as root, or ' +
  'setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"';

const ANYBODY: Readonly<Record<Family, Sockaddr>> = {
  4: { family: "inet", ip: new Uint8Array(4), port: 0 },
  6: { family: "inet6", ip: new Uint8Array(16), port: 0, scopeId: 0 },
};
const MOST_PENDING = 3; // there is room for one; another may come in between
const MOST_BATCHES = 64; // in one turn of the loop: others must have theirs
const BATCH = 32;
const MOST_BYTES = 65_535;

const FROM_ICMP: ReadonlySet<number> = new Set([2, 3]); // SO_EE_ORIGIN_ICMP, _ICMP6

const IPPROTO_ICMP = 1;
const IPPROTO_ICMPV6 = 58;
