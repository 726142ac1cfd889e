/** What the program asks of networks: names, connections, datagrams, TLS, HTTP, echo requests. Part of `ports.ts`. */
import type { Family, IpBytes } from "../core/addr.ts";
import type { DnsAnswer, DnsQuery } from "../core/dns.ts";
import type { HttpBody, HttpBodyWanted, HttpStatus } from "../core/http.ts";
import type { Decoded } from "../core/result.ts";
import type { Closable, Limit } from "./ports.ts";

/** How a connection, or a datagram, leaves this host. */
export interface LeaveBy {
  readonly source: IpBytes | null; // an address of this host; null: the kernel chooses
  readonly ifName: string | null; // by this interface alone
  readonly mark: number | null; // for policy routing; needs CAP_NET_ADMIN
}

export interface TcpOptions extends LeaveBy {
  readonly ip: IpBytes;
  readonly port: number;
}

export type UdpOptions = TcpOptions;

/** Datagrams to and from one peer alone (udp(7)): what others send is not heard. */
export interface UdpSocket extends Closable {
  /** @throws SystemError; `ECONNREFUSED` where the peer had nobody for the one before */
  send(datagram: Uint8Array): void;
  /** The next one, a copy. @throws SystemError likewise, the reason of `signal` */
  receive(signal: Limit): Promise<Uint8Array>;
}

/** One end of a connection. */
export interface Endpoint {
  readonly ip: IpBytes;
  readonly port: number;
}

/** Messages of DNS; see `io/dns-message.ts` for the codes. */
export interface DnsCodec {
  /** At random, u16. */
  newId(): number;
  /** @throws RangeError */
  encodeQuery(query: DnsQuery): Uint8Array;
  decodeAnswer(message: Uint8Array): Decoded<DnsAnswer>;
}

/** Bytes both ways, each end closed for itself. */
export interface ByteStream {
  /** The next bytes, at most 64 KiB; undefined at the end. @throws SystemError, the reason of `signal` */
  read(signal: Limit): Promise<Uint8Array | undefined>;
  /** When the kernel has taken them. @throws SystemError, the reason of `signal` */
  write(bytes: Uint8Array, signal: Limit): Promise<void>;
  /** `fin` says goodbye, `rst` cuts the connection off; closing twice is harmless. */
  close(how: "fin" | "rst"): void;
}

/** Whom a TLS client believes and who it is; PEM texts. */
export interface TlsFiles {
  readonly ca: string | null; // beside the host's own
  readonly certificate: string | null; // of ours, with `key`
  readonly key: string | null;
}

/** What a TLS client asks of the other end (RFC 8446). */
export interface TlsOptions extends TlsFiles {
  readonly serverName: string | null; // SNI; null: none is sent
  /** The name that the certificate must be for; null: nothing of the certificate is verified. */
  readonly verifyName: string | null;
  readonly minVersion: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  readonly alpn: readonly string[];
}

export interface TlsPeer {
  readonly protocol: string; // "TLSv1.3"
  readonly cipher: string;
  readonly alpn: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[]; // whom the certificate is for
  readonly validUntilMs: number | null; // milliseconds since 1970
  readonly chainUntilMs: number | null; // the first end among those that were shown with it
}

export interface TlsStream extends ByteStream {
  readonly peer: TlsPeer;
}

export interface PingOptions extends LeaveBy {
  readonly family: Family;
  readonly ttl: number | null; // TTL or hop limit; null: as the host has it
  readonly tos: number | null; // TOS or traffic class
  readonly dontFragment: boolean; // else a request that is too long goes in pieces
  readonly onReply: (reply: PingReply) => void;
  readonly onRefusal: (refusal: PingRefusal) => void;
}

/** Echo requests to any number of hosts and what comes of them (icmp(7), raw(7)). */
export interface PingSocket extends Closable {
  /** `dgram` is ICMP alone and needs no privilege; the kernel puts its own identifier in. */
  readonly method: "dgram" | "raw";
  /** Of the requests, u16; null where the kernel sees to it that all that comes is ours. */
  readonly identifier: number | null;
  /** At once. @returns when, of `Clock.nowMs`. @throws SystemError, where this host refuses it */
  send(request: Uint8Array, destination: IpBytes): number;
}

/** All byte arrays are good until the handler returns. */
export interface PingReply {
  readonly receivedMs: number; // of `Clock.nowMs`, when the kernel had it
  readonly source: IpBytes;
  readonly ttl: number | null;
  readonly message: Uint8Array; // of ICMP or ICMPv6
}

/** A request that was refused on its way; likewise. */
export interface PingRefusal {
  readonly receivedMs: number;
  readonly destination: IpBytes; // of the request
  readonly request: Uint8Array; // its begin, from the ICMP header on
  readonly sender: IpBytes | null; // who said so, which may be this host
  readonly type: number; // of the ICMP message
  readonly code: number;
  readonly mtu: number | null;
}

/** An answer whose body has still to be read; to be closed in any case. */
export interface HttpExchange extends HttpStatus, Closable {
  readonly location: string | undefined;
  /** Once. @throws SystemError, the reason of `signal` */
  readBody(wanted: HttpBodyWanted, signal: Limit): Promise<HttpBody>;
}

/** Resolves names, all addresses of a family or of both, as the host's own programs do (getaddrinfo(3)). */
export type ResolveName = (
  name: string,
  family: Family | undefined,
  signal: Limit,
) => Promise<IpBytes[]>;
