/** All echo requests of a run to one family: one socket, and whoever waits for an answer. */
import { type Family, formatIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { LeaveBy, PingRefusal, PingReply, PingSocket, Ports } from "../../io/ports.ts";
import { EchoRequest, type PingPeer, PingTable } from "../../proto/check/ping.ts";
import { pingRefusal } from "../../proto/check/ping-refusal.ts";
import { refusalFinding } from "../../proto/check/refusals.ts";
import { type CheckFinding, unknown, up } from "../../proto/check/result.ts";

export interface EchoPlan extends LeaveBy {
  readonly sizeBytes: number; // of the data
  readonly ttl: number | null;
  readonly tos: number | null;
  readonly dontFragment: boolean;
}

interface Waiting {
  readonly peer: PingPeer;
  sentMs: number;
  readonly tell: (finding: CheckFinding) => void;
}

export class EchoExchange {
  readonly #family: Family;
  readonly #socket: PingSocket;
  readonly #request: EchoRequest;
  readonly #table: PingTable<Waiting>;

  /** @throws SystemError */
  constructor(family: Family, plan: EchoPlan, { openPing }: Pick<Ports, "openPing">) {
    this.#family = family;
    this.#socket = openPing({
      ...plan,
      family,
      onReply: (reply) => this.#onReply(reply),
      onRefusal: (refusal) => this.#onRefusal(refusal),
    });
    const { identifier } = this.#socket;
    this.#request = new EchoRequest(family, identifier, plan.sizeBytes);
    this.#table = new PingTable(family, identifier);
  }

  /** Asks once; `tell` is called at most once, and never where nothing comes before the deadline. */
  ask(
    peer: PingPeer,
    deadlineMs: number,
    nowMs: number,
    tell: (finding: CheckFinding) => void,
  ): void {
    const waiting: Waiting = { peer, sentMs: nowMs, tell };
    const sequence = this.#table.ask(peer, waiting, deadlineMs, nowMs);
    if (sequence === undefined) {
      tell(unknown("too many requests are under way: lower --concurrency"));
      return;
    }
    try {
      waiting.sentMs = this.#socket.send(this.#request.numbered(sequence), peer.ip);
    } catch (error) {
      this.#table.forget(sequence);
      if (!(error instanceof SystemError)) throw error;
      tell({ ...notSent(error), facts: this.factsOf(peer) });
    }
  }

  /** What is told whatever comes. */
  factsOf({ duplicates, late }: PingPeer): CheckFinding["facts"] {
    return { method: this.#socket.method, duplicates, late };
  }

  close(): void {
    this.#socket.close();
  }

  #onReply({ receivedMs, source, ttl, message }: PingReply): void {
    const waiting = this.#table.reply(message, source, receivedMs);
    if (waiting === undefined) return;
    const { peer, sentMs, tell } = waiting;
    const rtt_ms = Math.round(Math.max(0, receivedMs - sentMs) * 1000) / 1000;
    const { method } = this.#socket;
    const { duplicates, late } = peer;
    const extra =
      (duplicates === 0 ? "" : `, ${duplicates} duplicates`) + (late === 0 ? "" : `, ${late} late`);
    tell(up("L4OK", `echo reply${extra}`, { rtt_ms, ttl, method, duplicates, late }));
  }

  #onRefusal({ receivedMs, destination, request, sender, type, code, mtu }: PingRefusal): void {
    const says = sender === null ? null : formatIp(sender);
    const refusal = { family: this.#family, type, code, sender: says, mtu };
    const finding = pingRefusal(refusal, {});
    if (finding === undefined) return;
    const waiting = this.#table.refusal(request, destination, receivedMs);
    if (waiting === undefined) return;
    waiting.tell({ ...finding, facts: { ...this.factsOf(waiting.peer), ...finding.facts } });
  }
}

/** Our own kernel let nothing out: nobody else has said anything. */
function notSent(error: SystemError): CheckFinding {
  const words = OURS[error.code];
  return words === undefined ? refusalFinding(error, "echo") : unknown(words);
}

const OURS: Readonly<Record<string, string>> = {
  EHOSTUNREACH: "a route of this host makes it unreachable",
  EMSGSIZE: "longer than the interface here can send: lower --size",
  EINVAL: "cannot be sent there from here",
};
