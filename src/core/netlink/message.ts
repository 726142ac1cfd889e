/**
 * Netlink messages: struct nlmsghdr, struct nlmsgerr and the extended ack of linux/netlink.h.
 *
 *      0         4       6       8           12          16
 *      | length  | type  | flags | sequence  | port id   | body, padded to 4 ...
 */
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { readAttributes, text, u32 } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";

/** What a caller asks; the socket adds the sequence number and asks for an ack. */
export interface NetlinkRequest {
  readonly type: number; // u16, RTM_* or a generic netlink family
  readonly flags: number; // u16, REQUEST_FLAGS beyond `request` and `ack`
  readonly body: Uint8Array; // fixed header and attributes
}

/** One message as it was received or is to be sent. */
export interface NetlinkMessage extends NetlinkRequest {
  readonly sequence: number; // u32, 0 in notifications
  readonly portId: number; // u32, the socket that asked; 0 is the kernel
}

/** The end of an answer: NLMSG_ERROR or NLMSG_DONE. */
export interface NetlinkAck {
  readonly errno: number; // positive; 0 = done
  readonly detail: string; // the kernel's words, often empty
  readonly offset?: number; // bytes from the start of the refused message to the attribute at fault
}

/**
 * Walks a datagram, which may hold several messages. A body is a copy.
 * Codes: `short`, `bad-length` (smaller than its own header).
 */
export function decodeNetlinkMessages(datagram: Uint8Array): Decoded<NetlinkMessage[]> {
  return decodingWith("netlink", new HostReader(datagram), (r) => {
    const messages: NetlinkMessage[] = [];
    while (r.left > 0) {
      const length = r.u32();
      if (length < HEADER_BYTES) r.fail("bad-length");
      const [type, flags, sequence, portId] = [r.u16(), r.u16(), r.u32(), r.u32()];
      messages.push({ type, flags, sequence, portId, body: r.take(length - HEADER_BYTES) });
      r.align();
    }
    return messages;
  });
}

/** One datagram of all, each padded to a multiple of 4. @throws RangeError if a field does not fit. */
export function encodeNetlinkMessages(messages: readonly NetlinkMessage[]): Uint8Array {
  const w = new HostWriter();
  for (const { type, flags, sequence, portId, body } of messages) {
    w.u32(HEADER_BYTES + body.length)
      .u16(type)
      .u16(flags)
      .u32(sequence)
      .u32(portId);
    w.raw(body).align();
  }
  return w.bytes();
}

/** True of the message that ends the answer to a request. */
export const endsAnswer = (message: NetlinkMessage): boolean =>
  message.type === NLMSG_ERROR || message.type === NLMSG_DONE;

/** Reads a message of which `endsAnswer` is true. Codes: `short`, and those of attributes. */
export function decodeNetlinkAck(message: NetlinkMessage): Decoded<NetlinkAck> {
  return decodingWith("netlink-ack", new HostReader(message.body), (r) => {
    // An empty NLMSG_DONE stands for success.
    const error = message.type === NLMSG_DONE && r.left < 4 ? 0 : r.s32();
    if (message.type === NLMSG_ERROR) skipRefusedMessage(r, error, message.flags);
    const told = message.flags & NLM_F_ACK_TLVS ? readAttributes(r, NLMSGERR) : {};
    const ack = { errno: Math.abs(error), detail: told.message ?? "" };
    return told.offset === undefined ? ack : { ...ack, offset: told.offset };
  });
}

/** The header of the message acked, and its body unless capped or successful. */
function skipRefusedMessage(r: HostReader, error: number, flags: number): void {
  const length = r.u32();
  r.skip(HEADER_BYTES - 4);
  if (error === 0 || flags & NLM_F_CAPPED) return;
  if (length < HEADER_BYTES) r.fail("bad-length");
  r.skip(length - HEADER_BYTES);
  r.align();
}

/** NLM_F_* for requests. */
export const REQUEST_FLAGS = {
  request: 0x01,
  ack: 0x04,
  dump: 0x300,
  replace: 0x100, // with a NEW request: overwrite what exists
  exclusive: 0x200, // with a NEW request: refuse if it exists
  create: 0x400, // with a NEW request: make it if it does not exist
} as const;

/** NLM_F_DUMP_INTR: the list changed while it was read, so it may lack or repeat entries. */
export const DUMP_INTERRUPTED = 0x10;

/** NLMSGERR_ATTR_*. */
const NLMSGERR = {
  message: text(1),
  offset: u32(2),
} as const;

const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_CAPPED = 0x100;
const NLM_F_ACK_TLVS = 0x200;
const HEADER_BYTES = 16;
