/** Netlink requests that are sent together, and the matching of what comes back (netlink(7)). */
import { SystemError } from "../core/errors.ts";
import {
  DUMP_INTERRUPTED,
  decodeNetlinkAck,
  encodeNetlinkMessages,
  endsAnswer,
  type NetlinkMessage,
  type NetlinkRequest,
  REQUEST_FLAGS,
} from "../core/netlink/message.ts";
import { refusal } from "./native.ts";
import type { NetlinkAnswer, NetlinkPayload } from "./ports.ts";

/**
 * One datagram of requests until the end of the last answer. The kernel works through them in their
 * order, and it tells every refusal, but success only where an ack is asked for: one ack, for the
 * last request, says that all have been worked on, and a silent one before it was agreed to.
 */
export class NetlinkConversation {
  readonly datagram: Uint8Array;
  #interrupted = false;
  readonly #firstSequence: number;
  readonly #entries: readonly Entry[];

  /** The requests are numbered from `firstSequence`. */
  constructor(requests: readonly NetlinkRequest[], firstSequence: number) {
    const last = requests.length - 1;
    this.datagram = encodeNetlinkMessages(
      requests.map(({ type, flags, body }, index) => ({
        type,
        flags: flags | REQUEST_FLAGS.request | (index === last ? REQUEST_FLAGS.ack : 0),
        sequence: (firstSequence + index) >>> 0,
        portId: 0,
        body,
      })),
    );
    this.#firstSequence = firstSequence;
    this.#entries = requests.map(() => ({ messages: [], end: undefined }));
  }

  get ended(): boolean {
    return this.#entries.at(-1)?.end !== undefined;
  }

  /** Whether a list changed while the kernel told it: it may lack entries. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** What answers another conversation, one that failed half-way, is left out. */
  take(message: NetlinkMessage): void {
    const entry = this.#entries[(message.sequence - this.#firstSequence) >>> 0];
    if (entry === undefined || entry.end !== undefined) return;
    if (message.flags & DUMP_INTERRUPTED) this.#interrupted = true;
    if (endsAnswer(message)) entry.end = message;
    else entry.messages.push({ type: message.type, body: message.body });
  }

  /** In the order of the requests; to be asked for once `ended`. */
  answers(): NetlinkAnswer[] {
    return this.#entries.map(({ messages, end }) => {
      if (end === undefined) return { messages };
      const ack = decodeNetlinkAck(end);
      if (!ack.ok) throw new SystemError("recvmmsg", "netlink", "bad-answer", ack.fault.code);
      const { errno, detail } = ack.value;
      if (errno === 0) return { messages };
      const { code, detail: meaning } = refusal(errno, "netlink", "netlink");
      return { messages, refusal: { code, detail: detail || meaning } };
    });
  }
}

/** Cuts a list of requests into what can go out in one datagram each. */
export function packRequests(requests: readonly NetlinkRequest[]): NetlinkRequest[][] {
  const packs: NetlinkRequest[][] = [];
  let bytesLeft = 0;
  for (const request of requests) {
    const bytes = HEADER_AND_PADDING_BYTES + request.body.length;
    const pack = packs.at(-1);
    if (
      pack === undefined ||
      pack.length === MAX_REQUESTS ||
      bytes > bytesLeft ||
      isDump(request)
    ) {
      packs.push([request]);
      bytesLeft = isDump(request) ? 0 : MAX_BYTES - bytes;
    } else {
      pack.push(request);
      bytesLeft -= bytes;
    }
  }
  return packs;
}

interface Entry {
  readonly messages: NetlinkPayload[];
  end: NetlinkMessage | undefined;
}

/** The kernel runs one dump at a time on a socket and answers EBUSY to a second one. */
const isDump = (request: NetlinkRequest): boolean =>
  (request.flags & REQUEST_FLAGS.dump) === REQUEST_FLAGS.dump;

// Refusals that do not fit the receive buffer are lost; each takes up to 1 KiB of its 208.
const MAX_REQUESTS = 128;
const MAX_BYTES = 32_768;
const HEADER_AND_PADDING_BYTES = 19;
