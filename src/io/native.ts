/**
 * The addon of `native/`: one function for one system call, and the error that its answer stands for.
 * Like libuv, each function answers -errno where the kernel refused.
 */
import { createRequire } from "node:module";
import { getSystemErrorMap } from "node:util";
import { SystemError } from "../core/errors.ts";

export interface Native {
  socket(family: number, type: number, protocol: number): number;
  bind(fd: number, sockaddr: Uint8Array): number;
  /** A stream socket answers -EINPROGRESS: it can be written once its SO_ERROR tells the outcome. */
  connect(fd: number, sockaddr: Uint8Array): number;
  /** The sockaddr, or -errno. */
  getsockname(fd: number): Uint8Array | number;
  /** Fills `value`; answers how many bytes of it. */
  getsockopt(fd: number, level: number, name: number, value: Uint8Array): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array): number;
  /** `how` 1: the other end sees the end of what we send, and may go on. */
  shutdown(fd: number, how: number): number;
  /** Answers how many came into `bytes`, 0 at the end of a stream; -EAGAIN where there is nothing. */
  recv(fd: number, bytes: Uint8Array): number;
  /** `program` is an array of struct sock_filter, host order. */
  attachFilter(fd: number, program: Uint8Array): number;
  /** Answers how many of the first 32 went out. Without an address: to the connected peer. */
  sendmmsg(fd: number, datagrams: readonly Uint8Array[], sockaddr?: Uint8Array): number;
  /** As many datagrams of at most `limit` bytes as `scratch` has room for, at most 32. */
  recvmmsg(fd: number, scratch: Uint8Array, limit: number): RawDatagram[] | number;
  /**
   * Fills `into` with at most 32 datagrams, one each `slot` bytes, each behind a head of 64 bytes
   * (stamped-datagram.ts); answers how many. `flags` of recvmsg(2), such as MSG_ERRQUEUE.
   */
  receiveStamped(fd: number, flags: number, into: Uint8Array, slot: number): number;
  /** Calls back in every turn in which `fd` is ready (READABLE, WRITABLE) or has an error to tell. */
  watch(fd: number, events: number, callback: () => void): Watch | number;
  /** Calls back when the signal came: its number, 1000 + n for SIGRTMIN + n, or -n for SIGRTMAX - n. */
  watchSignal(number: number, callback: () => void): Watch | number;
  /** Whether the process stays alive for the watch; it does from the start. */
  keepAlive(watch: Watch, keep: boolean): void;
  /** No call after it. To be done before `close` of the descriptor; twice is harmless. */
  unwatch(watch: Watch): void;
  timerfdCreate(): number;
  /** Fires once at that time of CLOCK_MONOTONIC; 0, 0 never. */
  timerfdSettime(fd: number, seconds: number, nanoseconds: number): number;
  timerfdRead(fd: number): number;
  /** Moves the calling thread into the namespace open as `fd`; `kind` is a CLONE_NEW* number. */
  setns(fd: number, kind: number): number;
  /** Moves the calling thread into new namespaces; `kinds` are CLONE_NEW* bits. */
  unshare(kinds: number): number;
  /** Of the calling thread, and what it starts later: SCHED_* and, for FIFO and RR, 1..99. */
  schedSetscheduler(policy: number, priority: number): number;
  /** PR_SET_* and PR_CAPBSET_DROP whose argument is a number; -EINVAL for others. */
  prctl(option: number, value: number): number;
  /** Of a child, by its number: answers 0 while it runs. */
  waitpid(pid: number): number;
  /** Of the calling thread, and what it starts later: bit masks of CAP_*. */
  capset(effective: number, permitted: number, inheritable: number): number;
  /** Lets children inherit stdio alone, whoever opened the other descriptors. */
  closeAllOnExec(): number;
  /**
   * A descriptor, on which one datagram comes when getaddrinfo(3) is done: see resolve-name.ts. `family` 0
   * is any. Who closes it before that is not told.
   */
  lookUp(name: Uint8Array, family: number): number;
  /** The end to read from and the end to write to; neither is inherited, unless as stdio. */
  pipe(): [readFd: number, writeFd: number] | number;
  close(fd: number): number;
  /** By a thread that nobody waits for: closing a packet socket blocks for 10 to 20 ms. */
  closeAside(fd: number): number;
  /** The C library's text for an errno. */
  strerror(errno: number): string;
}

/** The events of `watch`, to be joined by |. */
export const READABLE = 1;
export const WRITABLE = 2;

/** Opaque: a pointer into the addon. */
export interface Watch {
  readonly watch: unique symbol;
}

/** Every array is a copy. */
export interface RawDatagram {
  readonly bytes: Uint8Array;
  readonly from: Uint8Array; // sockaddr, empty where the family has none
  readonly control: readonly ControlMessage[];
  readonly truncated: boolean; // did not fit `limit`: `bytes` is its beginning
}

/** Ancillary data of a datagram, cmsg(3). */
export interface ControlMessage {
  readonly level: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Loads a package with native code when it is needed: `vipkit --version` needs none. */
export const requirePackage = createRequire(import.meta.url);

let loaded: Native | undefined;

/** @throws SystemError `not-built` where npm was kept from building the addon. */
export function native(): Native {
  if (loaded !== undefined) return loaded;
  try {
    loaded = requirePackage("#native") as Native;
  } catch (cause) {
    const hint = "run: npm rebuild (needs a C compiler, make and python3)";
    throw new SystemError("load", "vipkit_native.node", "not-built", hint, { cause });
  }
  return loaded;
}

/** Passes on what the kernel agreed to. @throws SystemError for -errno; `op` is the system call. */
export function accepted<T>(answer: T | number, op: string, subject: string): T {
  if (typeof answer === "number" && answer < 0) throw refusal(-answer, op, subject);
  return answer as T;
}

export function refusal(errno: number, op: string, subject: string): SystemError {
  const [code, detail] = getSystemErrorMap().get(-errno) ?? [
    `errno-${errno}`,
    native().strerror(errno),
  ];
  return new SystemError(op, subject, code, detail);
}
