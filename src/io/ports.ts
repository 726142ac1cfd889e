/**
 * What the program asks of the outside. `app` sees these types alone; `cli.ts` binds them to adapters,
 * tests to fakes. Ports carry bytes, so a fake cannot hide what the kernel really says.
 * Calls that fail throw `SystemError`; nothing here blocks longer than one system call.
 */
import type { Family, IpBytes } from "../core/addr.ts";
import type { BpfInstruction } from "../core/bpf.ts";
import type { HttpRequest, HttpVersion } from "../core/http.ts";
import type { NetlinkRequest } from "../core/netlink/message.ts";
import type { LookAt } from "../core/path-walk.ts";
import type { Capture, CaptureOptions } from "./capture-ports.ts";
import type { ChildPorts } from "./child-ports.ts";
import type { ConfigurationFiles } from "./configuration-ports.ts";
import type { ControlSockets } from "./control-ports.ts";
import type { DaemonPorts } from "./daemon-ports.ts";
import type {
  ByteStream,
  DnsCodec,
  Endpoint,
  HttpExchange,
  PingOptions,
  PingSocket,
  ResolveName,
  TcpOptions,
  TlsFiles,
  TlsOptions,
  TlsStream,
  UdpOptions,
  UdpSocket,
} from "./net-ports.ts";
import type { NoticePorts } from "./notice-ports.ts";
import type {
  ProcessEvent,
  ProcessTable,
  ProgramOptions,
  ProgramResult,
  ProgramUser,
  RunningProcess,
} from "./program-ports.ts";
import type { TerminalPorts } from "./screen-ports.ts";
import type { WebPorts } from "./web-ports.ts";

export type * from "./capture-ports.ts";
export type * from "./child-ports.ts";
export type * from "./configuration-ports.ts";
export type * from "./control-ports.ts";
export type * from "./daemon-ports.ts";
export type * from "./net-ports.ts";
export type * from "./notice-ports.ts";
export type * from "./program-ports.ts";
export type * from "./screen-ports.ts";
export type * from "./web-ports.ts";

/** Ends a wait early: an AbortSignal is one. */
export interface Limit {
  readonly aborted: boolean;
  readonly reason: unknown; // thrown by who is stopped
  throwIfAborted(): void;
  addEventListener(type: "abort", run: () => void): void;
  removeEventListener(type: "abort", run: () => void): void;
}

export interface Closable {
  /** Closing twice is harmless; no handler is called after it. */
  close(): void;
}

export interface Clock {
  /** Monotonic, milliseconds with fractions, of CLOCK_MONOTONIC. */
  nowMs(): number;
  /** Milliseconds since 1970: for people, journals and what must mean the same to other hosts. */
  wallMs(): number;
  /** Calls `run` once, not before `deadlineMs` of `nowMs`. Finer than a millisecond. */
  at(deadlineMs: number, run: () => void): Cancel;
}

export type Cancel = () => void;

/** An rtnetlink or generic netlink socket of the network namespace in which it was opened. */
export interface NetlinkSocket extends Closable {
  /**
   * Sends the requests in as few system calls as fit and reads all answers before it returns: the
   * kernel works on a request while it is sent, so nothing is waited for. A refusal does not keep
   * the kernel from the requests behind it.
   * @returns the answers in the order of the requests.
   * @throws SystemError where an answer cannot be had: `no-answer`, `bad-answer`, `dump-interrupted`.
   */
  transact(requests: readonly NetlinkRequest[]): NetlinkAnswer[];
}

export interface NetlinkAnswer {
  /** What came before the end or the ack. */
  readonly messages: readonly NetlinkPayload[];
  /** The kernel's refusal: errno name and the text of its extended ack, or else of the errno. */
  readonly refusal?: { readonly code: string; readonly detail: string };
}

/** A socket to the packet filter (nf_tables). Tables that it owns are gone when it is closed. */
export interface NftablesSocket extends Closable {
  /**
   * Asks for all the changes of `core/netlink/nftables`, or none of them.
   * @returns the kernel's refusal, undefined when it has made them. @throws SystemError
   */
  commit(changes: readonly NetlinkRequest[]): NetlinkAnswer["refusal"] | undefined;
}

/** A message as `core/netlink` reads it on. */
export interface NetlinkPayload {
  readonly type: number;
  readonly body: Uint8Array;
}

/** `lost`: notifications were dropped (ENOBUFS), all state must be read again. */
export type NetlinkEvent =
  | ({ readonly kind: "message" } & NetlinkPayload)
  | { readonly kind: "lost" };

/** Datagrams of one IP protocol on one interface, to a multicast group or to one of its addresses. */
export interface IpSocket extends Closable {
  /** Sends at once, in this turn of the loop. */
  send(payload: Uint8Array, destination: IpBytes): void;
}

export interface ReceivedDatagram {
  readonly receivedMs: number; // of `Clock.nowMs`, before any of our work on it
  readonly source: IpBytes;
  readonly destination: IpBytes;
  readonly ttl: number; // TTL or hop limit
  readonly payload: Uint8Array; // a copy, behind the IP header
}

export interface IpSocketOptions {
  readonly family: Family;
  readonly protocol: number;
  readonly ifName: string;
  readonly ifIndex: number;
  readonly source: IpBytes; // address of the interface that packets leave from
  readonly group: IpBytes | null; // multicast group to join and to receive from, beside `source`
  readonly unicastTtl?: number; // TTL or hop limit of what goes to no group; 255 unless said
  readonly receiveBytes?: number; // room for what was not read yet; as the system has it unless said
  readonly onDatagram: (datagram: ReceivedDatagram) => void;
}

/** Whole Ethernet frames on one interface (AF_PACKET). */
export interface PacketSocket extends Closable {
  send(frame: Uint8Array): void;
}

export interface PacketSocketOptions {
  readonly ifName: string;
  readonly ifIndex: number;
  /** Receive frames of this EtherType, or of any; without it the socket only sends. */
  readonly etherType?: number | "any";
  /** Receive only what this program of `core/bpf.ts` keeps. */
  readonly filter?: readonly BpfInstruction[];
  readonly onFrame?: (frame: Uint8Array) => void;
}

/** A file that is being written. */
export interface FileWriter extends Closable {
  /** They reach the file when 64 KiB have come together; waits for a pipe that is full. @throws SystemError; `EPIPE` where its reader has gone */
  write(bytes: Uint8Array): void;
  /** All that was written reaches the file. @throws SystemError */
  flush(): void;
  /** The same, and it is closed in any case. @throws SystemError */
  close(): void;
}

/** Files; those that are made can only be read by their owner, unless all are to. */
export interface Files {
  /** Makes it in its parent, for its owner alone, where there is none. @returns its absolute path. @throws SystemError */
  makeDirectory(path: string): string;
  /** Makes it likewise and removes it again, where there is none: whether it could be made. @throws SystemError */
  tryDirectory(path: string): void;
  /** Names in a directory, in no order. @throws SystemError */
  list(directory: string): Promise<string[]>;
  /** No error where there is none. @throws SystemError */
  remove(path: string): Promise<void>;
  /**
   * A file is there as a whole or not at all; a device or a FIFO is written to. Asks for a chunk when
   * the one before is written. @param readers the owner alone where nothing is said. @throws SystemError
   */
  write(path: string, chunks: Iterable<Uint8Array>, readers?: "owner" | "all"): Promise<void>;
  /**
   * A file or link of the name is replaced, so that none is followed where anybody may put one. Does not wait
   * for the disk. @throws SystemError `no-regular-file` for a device or a pipe, also behind a link
   */
  writeAnew(path: string, chunks: Iterable<Uint8Array>): Promise<void>;
  /**
   * At the end of a file, on a line of its own also behind one that breaks off; it is made, with its
   * directory, where there is none. All or nothing. @returns how long the file is now. @throws SystemError
   */
  append(path: string, bytes: Uint8Array): Promise<number>;
  /** In the place of a file of that name. @throws SystemError */
  rename(path: string, to: string): Promise<void>;
  /**
   * A file that may have any length, or a FIFO, `-` is standard input: each chunk as soon as it is
   * there, at most 256 KiB, good until `onChunk` is done. Resolves at the end, or when `signal` is
   * aborted. @throws SystemError; what `onChunk` throws
   */
  read(
    path: string,
    onChunk: (bytes: Uint8Array) => void | Promise<void>,
    signal: Limit,
  ): Promise<void>;
  /** Written over where there is one, without `write`'s promise; `-` is standard output. @throws SystemError */
  create(path: string): FileWriter;
}

export interface SecretFile {
  readonly text: string;
  readonly mode: number; // permissions: 0o600
}

export interface Ports extends ChildPorts, DaemonPorts, NoticePorts, TerminalPorts, WebPorts {
  readonly clock: Clock;
  readonly pid: number;
  readonly account: ProgramUser; // as whom this process runs
  readonly control: ControlSockets;
  /** `protocol` as in linux/netlink.h: 0 is NETLINK_ROUTE. */
  openNetlink(protocol: number): NetlinkSocket;
  openNftables(): NftablesSocket;
  /** `groups` are RTNLGRP_* numbers. */
  watchNetlink(groups: readonly number[], onEvent: (event: NetlinkEvent) => void): Closable;
  openIpSocket(options: IpSocketOptions): IpSocket;
  openPacketSocket(options: PacketSocketOptions): PacketSocket;
  /** @throws SystemError; `not-permitted` where neither way is open to this process */
  openPing(options: PingOptions): PingSocket;
  /** @throws SystemError */
  openCapture(options: CaptureOptions): Capture;
  /** A name of this network namespace that one process at a time can hold; the kernel frees it. */
  claimName(name: string): Closable | undefined;
  runProgram(options: ProgramOptions): Promise<ProgramResult>;
  /** Nothing is sent yet. @throws SystemError, see `io/unreachable.ts` */
  openUdp(options: UdpOptions): UdpSocket;
  /** Our end of a connection of `connectTcp`. @throws SystemError */
  localEnd(stream: ByteStream): Endpoint;
  readonly loadDns: () => Promise<DnsCodec>;
  /** @throws SystemError, see `io/unreachable.ts`; the reason of `signal`, which bounds the wait */
  connectTcp(options: TcpOptions, signal: Limit): Promise<ByteStream>;
  /**
   * Over a connection of `connectTcp`, which is its alone from now on. @throws SystemError with the codes
   * of OpenSSL and of certificates (`CERT_HAS_EXPIRED`, ...); the reason of `signal`
   */
  startTls(stream: ByteStream, options: TlsOptions, signal: Limit): Promise<TlsStream>;
  /** Whether they are of use. @throws SystemError with OpenSSL's code, its subject the part that is not */
  tryTlsFiles(files: TlsFiles): Promise<void>;
  /**
   * Over a connection that is its alone from now on; resolves when the header of the answer is there, of at
   * most 64 KiB. @throws SystemError with the codes of llhttp, nghttp2 and OpenSSL, `no-answer`,
   * `cut-off`; the reason of `signal`
   */
  requestHttp(stream: ByteStream, request: HttpRequest, signal: Limit): Promise<HttpExchange>;
  /** Whether the text matches; undefined where that takes longer. Nothing else happens meanwhile. */
  matches(pattern: RegExp, text: string, limitMs: number): boolean | undefined;
  /** Loads the code that the next requests need: milliseconds with which no check is to be charged. */
  loadHttp(wanted: { readonly tls: boolean; readonly version: HttpVersion }): Promise<void>;
  /** @throws SystemError `ENOTFOUND` where there is no such name, `EAI_AGAIN` where none could say */
  readonly resolveName: ResolveName;
  /** Whether `runProgram` would find it now, [0] of its words. */
  hasProgram(name: string): boolean;
  /** Runs this process before all that have no real-time priority, 1..99. @throws SystemError */
  scheduleRealtime(priority: number): void;
  /** Those that have one of these names; takes its time and never rejects. */
  findProcesses(names: readonly string[]): Promise<readonly RunningProcess[]>;
  /**
   * Those that `wants` has named, of all network namespaces; takes its time. A process that is a thread
   * of another is none. @throws SystemError where there is no /proc
   */
  listProcesses(
    wants: (name: string) => boolean,
    withArguments: boolean,
    signal: Limit,
  ): Promise<ProcessTable>;
  /** Tells of each process of this host. Needs CAP_NET_ADMIN, outside of any container. @throws SystemError */
  watchProcesses(onEvent: (event: ProcessEvent) => void): Closable;
  readonly files: Files;
  readonly configurationFiles: ConfigurationFiles;
  /** A variable of our environment. */
  environment(name: string): string | undefined;
  /** An absolute path, no link followed. */
  readonly lookAt: LookAt;
  readSecretFile(path: string): SecretFile;
  /**
   * Tells that the file is written to, appears or disappears, also while it is written; `onGone` that its
   * directory has gone, after which nothing is told. @throws SystemError, without its directory
   */
  watchFile(path: string, onChange: () => void, onGone: () => void): Closable;
  /** @returns 32 bytes */
  hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** A value below /proc/sys, e.g. `net/ipv6/conf/eth0/forwarding`; undefined where there is none. */
  readSysctl(path: string): string | undefined;
  /** A table below /proc/net of this network namespace, e.g. `igmp6`; undefined where there is none. */
  readNetTable(name: string): string | undefined;
  /** @throws SystemError, with the errno name of the file system */
  writeSysctl(path: string, value: string): void;
}
