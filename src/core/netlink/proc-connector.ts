/**
 * Events of processes: struct cn_msg (linux/connector.h) around struct proc_event (linux/cn_proc.h), each in
 * a netlink message of its own.
 *
 *      0     4     8     12    16      18      20      24    28          36
 *      | idx | val | seq | ack | length| flags | what  | cpu | nanosec.  | pids ...
 */
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import type { NetlinkRequest } from "./message.ts";

/** Of threads too: a process is one where `pid` and `tgid` are the same. */
export type ProcEvent =
  | {
      readonly kind: "fork";
      readonly parentTgid: number;
      readonly pid: number; // of the child, as below
      readonly tgid: number;
    }
  | { readonly kind: "exec" | "exit"; readonly pid: number; readonly tgid: number }
  | { readonly kind: "comm"; readonly pid: number; readonly tgid: number; readonly name: string }
  /** To a request, of this or another program; 0: granted. A request from a container has none. */
  | { readonly kind: "answer"; readonly errno: number }
  /** `what` of one that is none of these. */
  | { readonly kind: "other"; readonly what: number };

/** Codes: `short`, `not-proc` (of another connector), `bad-length` (the event is longer than its message). */
export function decodeProcEvent(body: Uint8Array): Decoded<ProcEvent> {
  return decodingWith("proc-connector", new HostReader(body), (r) => {
    const [index, value] = [r.u32(), r.u32()];
    if (index !== CN_IDX_PROC || value !== CN_VAL_PROC) r.fail("not-proc");
    r.skip(8); // seq, ack
    const length = r.u16();
    r.skip(2); // flags
    if (length > r.left) r.fail("bad-length");
    return readEvent(r.window(length));
  });
}

/** To be told of events from now on, or no more: by who is in the group `PROC_GROUP`. */
export function procListen(listen: boolean): NetlinkRequest {
  const w = new HostWriter().u32(CN_IDX_PROC).u32(CN_VAL_PROC).zeros(8).u16(4).u16(0);
  const body = w.u32(listen ? PROC_CN_MCAST_LISTEN : PROC_CN_MCAST_IGNORE).bytes();
  return { type: NLMSG_DONE, flags: 0, body };
}

function readEvent(r: HostReader): ProcEvent {
  const what = r.u32();
  const kind = KINDS[what];
  if (kind === undefined) return { kind: "other", what };
  r.skip(12); // cpu, time
  if (kind === "answer") return { kind, errno: r.u32() };
  const [first, second] = [r.u32(), r.u32()];
  if (kind === "fork") return { kind, parentTgid: second, pid: r.u32(), tgid: r.u32() };
  const ids = { pid: first, tgid: second };
  if (kind !== "comm") return { kind, ...ids };
  const [name = ""] = new TextDecoder().decode(r.take(Math.min(r.left, COMM_BYTES))).split("\0");
  return { kind, ...ids, name };
}

/** linux/netlink.h: the protocol of the socket; linux/connector.h: its multicast group. */
export const NETLINK_CONNECTOR = 11;
export const PROC_GROUP = 1;

const KINDS: Readonly<Record<number, "answer" | "fork" | "exec" | "comm" | "exit">> = {
  0: "answer",
  1: "fork",
  2: "exec",
  512: "comm",
  2147483648: "exit",
};
const CN_IDX_PROC = 1;
const CN_VAL_PROC = 1;
const PROC_CN_MCAST_LISTEN = 1;
const PROC_CN_MCAST_IGNORE = 2;
const COMM_BYTES = 16;
const NLMSG_DONE = 3;
