/** Hosts that answer echo requests, or do something else with them, in virtual time. */
import { type Family, formatIp, type IpBytes } from "../../src/core/addr.ts";
import { SystemError } from "../../src/core/errors.ts";
import { encodeIcmp } from "../../src/core/wire/icmp.ts";
import { encodeIcmpv6 } from "../../src/core/wire/icmpv6.ts";
import type { Clock, PingOptions, PingSocket, Ports } from "../../src/io/ports.ts";
import { ip } from "./packets.ts";

/** What a host does with a request. */
export type FakeHost = (request: Uint8Array, socket: PingOptions) => void;

export class FakePing {
  /** By address; others are silent. An errno name is what this host's kernel refuses with. */
  readonly hosts = new Map<string, FakeHost | string>();
  readonly sent: { readonly to: string; readonly request: Uint8Array }[] = [];
  readonly opened: PingOptions[] = [];
  method: PingSocket["method"] = "dgram";
  refuseOpen: string | undefined; // a code
  open = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly openPing: Ports["openPing"] = (options) => {
    if (this.refuseOpen !== undefined)
      throw new SystemError("open", "ICMP socket", this.refuseOpen, "the kernel refuses");
    this.opened.push(options);
    this.open += 1;
    return {
      method: this.method,
      identifier: this.method === "raw" ? IDENTIFIER : null,
      send: (request, destination) => this.#send(request.slice(), formatIp(destination), options),
      close: () => {
        this.open -= 1;
      },
    };
  };

  /** Answers `afterMs` later, as `source` or as itself. */
  answers(address: string, afterMs: number, source = address): void {
    this.hosts.set(address, (request, socket) => this.reply(request, socket, afterMs, source));
  }

  reply(request: Uint8Array, socket: PingOptions, afterMs: number, source: string): void {
    const atMs = this.#clock.nowMs() + afterMs;
    const message = replyTo(request, socket.family);
    this.#clock.at(atMs, () =>
      socket.onReply({ receivedMs: atMs, source: ip(source), ttl: 64, message }),
    );
  }

  #send(request: Uint8Array, to: string, socket: PingOptions): number {
    const host = this.hosts.get(to);
    if (typeof host === "string")
      throw new SystemError("sendmmsg", "ICMP socket", host, "the kernel refuses");
    this.sent.push({ to, request });
    host?.(request, socket);
    return this.#clock.nowMs();
  }
}

/** The reply of a host that keeps to the rules. */
export function replyTo(request: Uint8Array, family: Family): Uint8Array {
  const view = new DataView(request.buffer, request.byteOffset);
  const reply = {
    kind: "echo-reply",
    identifier: view.getUint16(4),
    sequence: view.getUint16(6),
    data: request.slice(8),
  } as const;
  return family === 4 ? encodeIcmp(reply) : encodeIcmpv6(reply, NOBODY);
}

/** Of the requests where the method is raw. */
export const IDENTIFIER = 0x1234;
const ANY: IpBytes = new Uint8Array(16);
const NOBODY = { source: ANY, destination: ANY };
